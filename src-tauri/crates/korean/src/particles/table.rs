//! The endings that follow a noun.

use super::{After, Kind, Rule};

/// Endings of one kind behind one sort of syllable.
struct Group {
    kind: Kind,
    after: After,
    /// Whether the noun may be a single syllable (`락을`). Only where hardly any word of two
    /// syllables ends this way by itself.
    single: bool,
    endings: &'static str,
}

const fn group(kind: Kind, after: After, single: bool, endings: &'static str) -> Group {
    Group { kind, after, single, endings }
}

use After::{Any, Consonant, Jeok, NotRieul, Rieul, Vowel};
use Kind::{Auxiliary, Case, Copula, Plural, Verb};

const GROUPS: &[Group] = &[
    group(Case, Consonant, true, "을"),
    group(Case, Vowel, true, "를"),
    group(Case, Consonant, false, "이 과 이랑 이여"),
    group(Case, Vowel, false, "가 와 랑"),
    group(Case, Any, true, "에 에서 에게 에게서 에게로 한테 한테서 께서 에서부터 로부터"),
    group(Case, NotRieul, true, "으로 으로서 으로써 으로부터"),
    group(Case, Rieul, false, "로"),
    group(Case, Rieul, true, "로서 로써"),
    group(Case, Any, false, "하고"),
    group(Auxiliary, Consonant, true, "은 이나마 이라도 이든지 이야말로"),
    group(Auxiliary, Vowel, true, "는 라도 든지 야말로"),
    group(Auxiliary, Consonant, false, "이나 이든"),
    group(Auxiliary, Any, false, "의 도 만 요 뿐 만이 대로 밖에 보다"),
    group(Auxiliary, Any, true, "까지 부터 처럼 만큼 마다 조차 마저 커녕 뿐만 보다는 보다도"),
    group(Copula, Any, true, "입니다 입니까 입니다만 이므로 이지만 인데 인지 이었습니다 일까요"),
    group(
        Copula,
        Consonant,
        true,
        "이며 이고 이다 이라 이라는 이란 이라고 이라면 이라서 이라도 이면 이어서 이었다 이었고 \
         이었던 이어야 이자 이에요 일까",
    ),
    group(Copula, Vowel, true, "라는 란 라고 라면 라서 였다 였고 였던 여서 여야 였습니다 예요"),
    group(Copula, Jeok, true, "인"),
    group(Plural, Any, false, "들"),
    group(
        Verb,
        Any,
        false,
        "하다 하는 하는데 하는지 하여 하여금 하고 하고자 하며 하면 하면서 하기 하기에 하지 하지만 하게 \
         하던 하도록 하려면 하려고 하려는 하거나 하자 하므로 하였다 하였고 하였으며 하였습니다 하세요 하십시오 \
         한 한다 한다는 한다면 한다고 한지 할 할때 할지 할까 할수록 함 함으로써 해 해서 해야 해도 해요 \
         해주는 해준다 해줍니다 해주세요 했다 했고 했던 했는데 했는지 했으며 했지만 했습니다 했을 했음 \
         합니다 합니까 합니다만 하신 하시오",
    ),
    group(
        Verb,
        Any,
        false,
        "되다 되는 되는데 되는지 되어 되어서 되어야 되었다 되었고 되었던 되었으며 되었습니다 되고 되며 되면 \
         되면서 되기 되기에 되지 되지만 되게 되던 되도록 되려면 되거나 되므로 된 된다 된다는 된다면 된다고 \
         될 될때 될지 될까 될수록 됨 됨으로써 돼 돼서 돼야 돼도 됐다 됐고 됐던 됐습니다 됩니다 됩니까",
    ),
    group(
        Verb,
        Any,
        false,
        "시키다 시키는 시키고 시키며 시키면 시키면서 시키기 시키지 시키도록 시킨 시킨다 시킬 시킴 시켜 시켜서 \
         시켜야 시켰다 시켰고 시켰습니다 시킵니다 받는 받은 받을 받고 받으며 받습니다 당하는 당한 당할 당합니다",
    ),
];

/// Words that only look like a noun and an ending.
pub(super) const WHOLE: &str = "\
    온도 제도 시도 의도 정도 속도 빈도 강도 밀도 용도 각도 태도 도로 경로 회로 \
    통로 서로 바로 별로 따로 새로 제로 프로 진로 제한 권한 무한 유한 기한 또한 \
    역할 분할 포함 결함 이해 방해 피해 침해 저해 분해 오해 재해 불만 정의 주의 \
    회의 논의 합의 동의 협의 유의 의의 편의 강의 임의 모의 문의 건의 결의 차이 \
    사이 높이 깊이 길이 넓이 많이 같이 없이 굳이 놀이 풀이 추가 증가 평가 국가 \
    대가 원가 단가 주가 누가 내가 효과 결과 경과 통과 초과 성과 부과 사과 조회 \
    하나 거나 혹은 또는 가을 마을 노을 고을 반란 혼란 논란 곤란 요란 사람들 \
    만들 같은 많은 높은 낮은 작은 적은 좋은 짧은 깊은 넓은 좁은 얇은 굵은 밝은 \
    옳은 얕은 젊은 늦은 맞은 받은 찾은 얻은 담은 남은 묶은 닫은 막은 맡은 뽑은 \
    쌓은 잡은 읽은 믿은 먹은 죽은 하는 되는 가는 오는 보는 쓰는 주는 사는 크는 \
    나는 드는 지는 다는 라는 이는 내는 서는 모르는 나누는 다루는 흐르는 고르는 \
    따르는 바꾸는 이루는 만드는 느끼는 기다리는 걸리는 버리는 돌리는 달리는 다니는 \
    가지는 가리는 나타내는 보내는 꺼내는 지나는 일어나는 벗어나는 늘어나는 같을 \
    많을 높을 낮을 작을 적을 좋을 받을 찾을 얻을 담을 남을 읽을 믿을 먹을 있을 \
    없을 했을 않을 있으며 대한 위한 통한 대해 위해 통해 인해 의해 대하여";

/// Ends of compounds that only look like a noun and an ending.
pub(super) const WHOLE_ENDS: &str = "\
    가용도 결합도 난이도 만족도 민감도 밀집도 복잡도 선호도 숙련도 신뢰도 완성도 \
    우선도 유사도 응집도 의존도 이해도 인지도 정밀도 정확도 중요도 집중도 해상도 \
    활용도 마이크로 매크로 스스로 그대로 제대로 절대로 접근제한 속도제한 접근권한 \
    사용자정의 전문가";

/// Returns every ending with its rule.
pub(super) fn rules() -> impl Iterator<Item = Rule> {
    GROUPS.iter().flat_map(|group| {
        group.endings.split_whitespace().map(|ending| Rule {
            ending,
            after: group.after,
            kind: group.kind,
            single: group.single,
        })
    })
}
