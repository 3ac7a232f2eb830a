/** A post read whole. */
export const reading = {
  "reading.back": "돌아가기",
  "reading.outline": "차례",
  "reading.sections": "글의 본문",
  "reading.questions": "이 글의 문제",
  "reading.lead": "머리말",
  "reading.sectionCount": "부분 {count}개",
  "reading.entryCount": "문제 {count}개",
  "reading.blank": "아직 아무것도 쓰지 않은 글입니다",
  "reading.blankHint":
    "첫 문제를 더하거나, 쓰던 편집기에서 이어 써 주세요. 저장하면 여기에 바로 보입니다.",
  "reading.gone": "이 글의 파일이 없어졌거나 읽을 수 없습니다. 마지막으로 읽은 내용입니다.",
  "drawing.alt": "Mermaid 그림",
  "drawing.altNamed": "Mermaid 그림: {title}",
  "drawing.source": "원문 보기",
  "drawing.failed": "그림으로 읽을 수 없어 원문을 보입니다.",
  "drawing.failedAt": "{line}번째 줄을 읽을 수 없어 원문을 보입니다.",
  "drawing.long": "그림으로 그리기에는 너무 길어 원문을 보입니다.",
  "days.bare": "질문 없음",
  "days.bareAdd": "질문 없음, 새 질문 쓰기",
  "days.add": "새 질문",
} as const;
