/** Words used in more than one place, states, and errors by code. */
export const common = {
  "app.name": "답안지",
  "common.close": "닫기",
  "common.cancel": "취소",
  "common.copy": "복사",
  "common.copied": "복사했습니다",
  "common.retry": "다시 하기",
  "common.loading": "읽는 중",
  "common.undated": "날짜 없음",
  "common.today": "오늘",
  "common.noCategory": "분류 없음",
  "date.months": "1월 2월 3월 4월 5월 6월 7월 8월 9월 10월 11월 12월",
  "date.weekdays": "일 월 화 수 목 금 토",
  "date.day": "{month} {day}일",
  "date.dayOfYear": "{year}년 {month} {day}일",
  "state.empty": "빈 답",
  "state.draft": "초안",
  "state.written": "답 있음",
  "model.state.none": "모범 답안 없음",
  "model.state.placeholder": "모범 답안 자리만 있음",
  "model.state.written": "모범 답안 있음",
  "save.saved": "저장됨",
  "save.saving": "저장 중",
  "save.failed": "저장 안 됨",
  "save.conflict": "충돌",
  "save.gone": "파일에 없음",
  "toast.region": "알림",
  "toast.dismiss": "알림 닫기",
  "error.folder_missing":
    "폴더를 찾을 수 없습니다: {path}. 옮겼거나 이름을 바꿨다면 다시 열어 주세요.",
  "error.folder_unreadable": "폴더를 읽을 수 없습니다: {path}. 읽기 권한을 확인해 주세요.",
  "error.not_a_post": "마크다운 글이 아닙니다: {path}.",
  "error.unreadable": "글을 읽을 수 없습니다: {path}. 읽기 권한을 확인해 주세요.",
  "error.not_utf8":
    "UTF-8이 아니라서 쓰지 못했습니다: {path}. 먼저 글 위에 있는 ‘UTF-8로 바꾸기’를 눌러 주세요.",
  "error.too_large": "글이 너무 커서 읽지 않았습니다: {path}.",
  "error.unknown_entry": "이 문제가 파일에 없습니다. 지워졌거나 크게 바뀌었습니다.",
  "error.ambiguous_entry": "같은 문제가 여럿이라 어느 것인지 정할 수 없습니다: {path}.",
  "error.conflict": "그사이 다른 프로그램이 파일을 고쳤습니다: {path}.",
  "error.breaks_structure": "이대로 저장하면 글의 구조가 깨집니다. {message}",
  "error.conflict_markers":
    "{line}번째 줄에 git의 충돌 표시가 남아 있습니다. 먼저 어느 글을 남길지 골라 주세요.",
  "error.breaks.heading":
    "{line}번째 줄: 제목이라 여기서 이 칸이 끝나 버립니다. #을 더 붙여 주세요.",
  "error.breaks.separator":
    "{line}번째 줄: 구분선이라 문제를 나눠 버립니다. 지우거나 아래에 글을 더 써 주세요.",
  "error.breaks.open_fence": "{line}번째 줄: 코드 블록이 닫히지 않았습니다. ```로 닫아 주세요.",
  "error.breaks.open_tag":
    "{line}번째 줄: 태그가 닫히지 않았습니다. 닫거나 백틱(`)으로 감싸 주세요.",
  "error.breaks.quote": "{line}번째 줄: 인용문이 다른 칸으로 읽힙니다. 다르게 써 주세요.",
  "error.breaks.attributes": "{line}번째 줄: 속성 목록은 다른 단락에 붙어 버립니다. 빼 주세요.",
  "error.breaks.audience":
    "{line}번째 줄: 대괄호만 있는 줄은 다른 대상의 답으로 읽힙니다. 글을 덧붙여 주세요.",
  "error.breaks.conflict_markers":
    "{line}번째 줄: git의 충돌 표시로 읽힙니다. 코드 블록(```) 안에 써 주세요.",
  "error.breaks.other": "{line}번째 줄: 다른 칸으로 읽힙니다. 다르게 써 주세요.",
  "error.read_only": "읽기만 할 수 있는 파일입니다: {path}. 쓰기 권한을 확인해 주세요.",
  "error.read_only_folder":
    "폴더에 쓸 수 없어 저장하지 못했습니다: {path}. 폴더의 쓰기 권한을 확인해 주세요.",
  "error.read_only_disk":
    "읽기 전용 디스크라 저장하지 못했습니다: {path}. 디스크가 쓰기 가능하게 연결됐는지 확인해 주세요.",
  "error.disk_full":
    "디스크가 가득 차 저장하지 못했습니다: {path}. 공간을 비운 뒤 다시 저장해 주세요.",
  "error.place_unusable":
    "이전 글을 보관할 폴더에 쓸 수 없어 저장하지 않았습니다: {path}. 쓰기 권한을 확인해 주세요.",
  "error.post_gone": "파일이 없어졌습니다: {path}. 지워졌거나 다른 이름으로 옮겨졌습니다.",
  "error.folder_gone":
    "연 폴더가 없어졌습니다: {path}. 폴더나 드라이브를 되돌리거나, 옮긴 곳에서 다시 열어 주세요.",
  "error.write_failed": "파일을 쓰지 못했습니다: {path}. 디스크 공간과 쓰기 권한을 확인해 주세요.",
  "error.invalid_request": "요청을 이해하지 못했습니다: {message}",
  "error.nothing_selected": "고른 문제가 없습니다. 범위를 넓혀 주세요.",
  "error.cancelled": "취소했습니다.",
  "error.internal": "예상하지 못한 오류입니다: {message}",
} as const;
