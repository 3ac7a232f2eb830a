#![expect(clippy::print_stderr, reason = "says what it skips")]

use encoding_rs::{BIG5, EUC_JP, GBK, SHIFT_JIS, WINDOWS_1251, WINDOWS_1252};
use proptest::prelude::*;

use super::*;

const POST: &str = "---\r\ntitle: 매일 면접\r\n---\r\n\r\n# 2025.04.10\r\n## 교착 상태(deadlock)란?\r\n\
                    > 카테고리: OS\r\n\r\n### 답변  \r\n둘 이상의 스레드가 서로를 기다리는 상태다. → 순서를 정한다.\r\n";

fn utf16(text: &str, mark: bool, big: bool) -> Vec<u8> {
    let mark = mark.then_some(0xfeff);
    let units = mark.into_iter().chain(text.encode_utf16());
    units.flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
}

fn encoded(encoding: &'static encoding_rs::Encoding, text: &str) -> Vec<u8> {
    let (bytes, _, unmappable) = encoding.encode(text);
    assert!(!unmappable, "{text}");
    bytes.into_owned()
}

#[test]
fn recognises_what_korean_editors_write() {
    let check = |bytes: Vec<u8>, encoding| {
        assert_eq!(recognise(&bytes), Ok(encoding));
        assert_eq!(decode(bytes), Ok((POST.to_owned(), encoding)));
    };
    check(POST.into(), Encoding::Utf8);
    check(encoded(EUC_KR, POST), Encoding::Cp949);
    check(utf16(POST, true, false), Encoding::Utf16Le);
    check(utf16(POST, true, true), Encoding::Utf16Be);
}

#[test]
fn recognises_a_few_words_among_code() {
    for text in [
        "가",
        "답변",
        "# TODO 정리",
        "똠방각하와 펲시콜라",
        "let x = 1; // 값을 하나 더한다\n",
        "ㅋㅋ 이건 아니다",
        "대한민국(大韓民國)의 헌법",
        "┌──┐\n│ 큐 │ 작업이 쌓인다\n└──┘\n",
    ] {
        assert_eq!(decode(encoded(EUC_KR, text)), Ok((text.to_owned(), Encoding::Cp949)));
    }
}

#[test]
fn does_not_take_other_texts_for_korean() {
    let check = |encoding, text: &str| {
        let decoded = decode(encoded(encoding, text));
        assert!(decoded.is_err(), "{} as {decoded:?}", encoding.name());
    };
    for text in [
        "Un café crème, s'il vous plaît. Où est la gare ?",
        "Größe, Äpfel, Öl, Übung: daß",
        "It’s what we don’t say that’s heard",
        "“Quoted”, she said – and… left",
        "MAÑANA SERÁ OTRO DÍA",
        "ÄÖ",
        "25 °C ± 1, 5 µm × 3",
        "Ångström, Ærø, ÅÄÖ åäö",
        "naïve",
        "À",
    ] {
        check(WINDOWS_1252, text);
    }
    for text in [
        "データベースのトランザクションとは何ですか。すべて実行されるか、まったく実行されないかです。",
        "ひらがなとカタカナ",
        "質問",
        "テスト",
        "日本語の文章を書く。",
    ] {
        check(SHIFT_JIS, text);
        check(EUC_JP, text);
    }
    for text in [
        "请解释一下什么是数据库事务，以及事务的四个特性。",
        "进程是资源分配的最小单位",
        "数据库操作的最小工作单元",
        "线程",
    ] {
        check(GBK, text);
    }
    check(BIG5, "請解釋一下什麼是資料庫交易，以及交易的四個特性。");
    check(WINDOWS_1251, "Что такое транзакция? Объясните своими словами.");
}

#[test]
fn says_why_bytes_are_no_text() {
    let check = |bytes: &[u8], expect| {
        assert_eq!(decode(bytes.to_vec()), Err(expect), "{bytes:?}");
        assert_eq!(recognise(bytes), Err(expect), "{bytes:?}");
    };
    let unknown = |valid_up_to| NoText::Unknown { valid_up_to };
    check(b"ab\xe9", unknown(2));
    check("동시성은 가".as_bytes().split_last().unwrap().1, unknown("동시성은 ".len()));
    // The last byte of a pair is missing, as where a copy was cut off.
    check(encoded(EUC_KR, "답변").split_last().unwrap().1, unknown(0));
    // Truly both: someone appended with another editor.
    let both = [POST.as_bytes(), &encoded(EUC_KR, "답변")].concat();
    check(&both, unknown(POST.len()));
    check(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", NoText::Binary);
    check(&utf16(POST, false, false), NoText::Binary);
    check(b"\xff\xfea", NoText::BrokenUtf16);
    check(b"\xff\xfe\x00\xd8a\x00", NoText::BrokenUtf16);
    check(b"\xff\xfe\0\0a\0\0\0", NoText::BrokenUtf16);
    check(&encoded(WINDOWS_1252, "it’s"), NoText::NotKorean { valid_up_to: 2 });
}

proptest! {
    /// Whatever CP949 can write is read back to the character, line endings included.
    #[test]
    fn cp949_round_trip(words in prop::collection::vec(word(), 1..40)) {
        let text = format!("# 오늘의 질문은 다음과 같다\r\n{}", words.concat());
        let bytes = encoded(EUC_KR, &text);
        let (decoded, encoding) = decode(bytes.clone()).unwrap();
        prop_assert_eq!(encoding, Encoding::Cp949);
        prop_assert_eq!(&decoded, &text);
        prop_assert_eq!(encoded(EUC_KR, &decoded), bytes);
    }

    #[test]
    fn utf16_round_trip(text in "[^\0]*", big: bool) {
        prop_assume!(!text.is_empty());
        let expect = if big { Encoding::Utf16Be } else { Encoding::Utf16Le };
        prop_assert_eq!(decode(utf16(&text, true, big)), Ok((text, expect)));
    }

    #[test]
    fn any_bytes_are_answered(bytes: Vec<u8>) {
        if let Ok((text, Encoding::Utf8)) = decode(bytes.clone()) {
            prop_assert_eq!(text.into_bytes(), bytes);
        }
    }
}

/// Korean as people write it, with code, symbols, Chinese characters and any syllable in between.
fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => prop::sample::select(vec!["동시성은 ", "이다. ", "트랜잭션을 ", "하는 것은 ", "있습니다.\r\n"])
            .prop_map(str::to_owned),
        2 => "[ -~]{0,12}",
        1 => prop::sample::select(vec!["\r\n", "\n", "\t", "※", "“따옴표”", "大", "ㅋ", "①"])
            .prop_map(str::to_owned),
        1 => prop::char::range('가', '힣').prop_map(|c| format!("{c}다")),
    ]
}

/// Real Korean notes, as an old editor would have written them.
#[test]
fn recognises_real_notes() {
    let Some(corpus) = std::env::var_os("DAPANJI_CORPUS") else {
        eprintln!("skipped: DAPANJI_CORPUS names no folder");
        return;
    };
    let mut folders = vec![std::path::PathBuf::from(corpus)];
    let mut seen = 0;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let Ok(text) = std::fs::read_to_string(&path) else { continue };
            let (bytes, _, unmappable) = EUC_KR.encode(&text);
            let is_korean = text.chars().any(|c| ('가'..='힣').contains(&c));
            if is_korean && !unmappable {
                seen += 1;
                let decoded = decode(bytes.into_owned());
                assert_eq!(decoded, Ok((text, Encoding::Cp949)), "{}", path.display());
            }
        }
    }
    assert!(seen > 0, "no note is in both UTF-8 and CP949");
}
