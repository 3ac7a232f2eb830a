/** Several notebooks, a folder that is gone, menus of the system, links. */
export const manners = {
  "libraries.title": "노트북 바꾸기",
  "libraries.here": "열려 있음",
  "libraries.missing": "폴더 없음",
  "libraries.none": "전에 연 노트북이 없습니다.",
  "libraries.forget": "{name}: 목록에서 빼기",
  "libraries.hint":
    "목록에서 빼도 폴더와 글은 그대로 있습니다. 폴더를 창으로 끌어다 놓아도 열립니다.",
  "folderGone.title": "연 폴더가 없어졌습니다.",
  "folderGone.text":
    "{path}에 아무것도 없습니다. 드라이브를 다시 연결하거나 폴더를 제자리에 두면 이어서 쓸 수 있습니다. 그동안 쓴 글은 따로 보관합니다.",
  "folderGone.back": "폴더가 돌아왔습니다. 보관한 글을 저장합니다.",
  "cmd.libraries": "노트북 바꾸기…",
  "cmd.copyLink": "이 문제의 링크 복사",
  "cmd.menuBar": "메뉴 막대 보이기·숨기기",
  "menu.edit": "편집",
  "menu.undo": "실행 취소",
  "menu.redo": "다시 실행",
  "menu.cut": "오려두기",
  "menu.paste": "붙여넣기",
  "menu.selectAll": "모두 선택",
  "menu.hide": "답안지 가리기",
  "menu.hideOthers": "나머지 가리기",
  "menu.showAll": "모두 보기",
  "menu.quit": "답안지 끝내기",
  "error.link_refused":
    "이 링크는 열 수 없습니다: {path}. 링크가 가리키는 폴더를 먼저 한 번 연 뒤 다시 눌러 주세요.",
} as const;
