import { describe, expect, it } from "vitest";
import type { CompareView, SentenceView } from "../../ipc/client";
import { flagSentence, marks, pieces } from "./marks";
import { closeness, mineSentences, type Row, rows } from "./rows";

const NOTHING: CompareView = {
  entry: "e",
  audience: null,
  model_state: "written",
  answer_state: "written",
  answer_text: "",
  model_text: "",
  terms: [],
  extra_terms: [],
  removed_terms: [],
  audiences: [],
  sentences: [],
  flags: [],
};

/** A view of two texts given by sentences; `pairs` are `[model, answer, similarity]` indices. */
function view(answer: string[], model: string[], pairs: [number, number, number][]): CompareView {
  const spans = (sentences: string[]): [number, number][] => {
    let at = 0;
    return sentences.map((sentence) => {
      const span: [number, number] = [at, at + sentence.length];
      at = span[1] + 1;
      return span;
    });
  };
  const inAnswer = spans(answer);
  const inModel = spans(model);
  const sentences: SentenceView[] = model.map((text, index) => {
    const pair = pairs.find((one) => one[0] === index);
    return {
      model: text,
      answer: pair ? (answer[pair[1]] ?? null) : null,
      similarity: pair?.[2] ?? 0,
      in_model: inModel[index] ?? [0, 0],
      in_answer: pair ? (inAnswer[pair[1]] ?? null) : null,
    };
  });
  return { ...NOTHING, answer_text: answer.join(" "), model_text: model.join(" "), sentences };
}

function shown(row: Row): string {
  if (row.kind === "pair") return `${row.mine.number}=${row.model.number}`;
  const across = row.kind === "mine" ? row.model : row.mine;
  const other = across.kind === "nothing" ? "·" : `(${across.number})`;
  return row.kind === "mine" ? `${row.mine.number}-${other}` : `${other}-${row.model.number}`;
}

describe("rows", () => {
  const check = (
    answers: number,
    models: number,
    pairs: [number, number, number][],
    expected: string,
  ): void => {
    const text = (count: number): string[] =>
      Array.from({ length: count }, (_, index) => `문장 ${index}이다.`);
    expect(
      rows(view(text(answers), text(models), pairs))
        .map(shown)
        .join(" "),
    ).toBe(expected);
  };

  it("puts pairs side by side and leaves what is alone alone", () => {
    check(
      2,
      2,
      [
        [0, 0, 0.9],
        [1, 1, 0.9],
      ],
      "1=1 2=2",
    );
    check(
      3,
      3,
      [
        [0, 0, 0.9],
        [2, 2, 0.9],
      ],
      "1=1 ·-2 2-· 3=3",
    );
    check(2, 0, [], "1-· 2-·");
    check(0, 2, [], "·-1 ·-2");
  });

  it("keeps both orders: a crossing pair refers by number", () => {
    check(
      2,
      2,
      [
        [0, 1, 0.9],
        [1, 0, 0.4],
      ],
      "1-(2) 2=1 (1)-2",
    );
    check(
      3,
      3,
      [
        [0, 2, 0.5],
        [1, 0, 0.5],
        [2, 1, 0.5],
      ],
      "(3)-1 1=2 2=3 3-(1)",
    );
  });

  it("pairs one sentence of mine with the closest of several", () => {
    check(
      1,
      2,
      [
        [0, 0, 0.4],
        [1, 0, 0.8],
      ],
      "(1)-1 1=2",
    );
  });

  it("names closeness and never a number", () => {
    expect([0.7, 0.69, 0.5, 0.36].map(closeness)).toEqual(["near", "mid", "mid", "weak"]);
  });

  it("cuts what no pair holds into sentences", () => {
    const text = "첫 문장입니다. 둘째 문장입니다.\n\n- 셋째\n---\n";
    const spans = mineSentences({ ...NOTHING, answer_text: text });
    expect(spans.map((one) => text.slice(...one.span))).toEqual([
      "첫 문장입니다.",
      "둘째 문장입니다.",
      "- 셋째",
    ]);
  });
});

describe("marks", () => {
  it("marks longer terms before shorter ones, and flags before terms", () => {
    const compared: CompareView = {
      ...view(["분산 락은 3회 재시도한다."], ["분산 락은 5회 재시도한다."], [[0, 0, 0.9]]),
      terms: [
        {
          term: "락",
          aliases: [],
          state: "said",
          in_answer: [[3, 4]],
          in_model: [[3, 4]],
          wish: null,
          own_names: [],
        },
        {
          term: "분산 락",
          aliases: [],
          state: "said",
          in_answer: [[0, 4]],
          in_model: [[0, 4]],
          wish: null,
          own_names: [],
        },
        {
          term: "5회",
          aliases: [],
          state: "missing",
          in_answer: [],
          in_model: [[6, 8]],
          wish: null,
          own_names: [],
        },
      ],
      flags: [{ kind: "number", model: "5회", answer: "3회" }],
    };
    const list = (side: "answer" | "model"): string[] =>
      marks(compared, side).map(
        (mark) => `${mark.span.join("..")} term=${mark.term} flag=${mark.flag}`,
      );
    expect(list("model")).toEqual(["0..4 term=1 flag=null", "6..8 term=null flag=0"]);
    expect(list("answer")).toEqual(["0..4 term=1 flag=null", "6..8 term=null flag=0"]);
    expect(flagSentence(compared, 0)).toBe(1);
  });

  it("looks for a flag in the pair that holds both its sides", () => {
    const compared: CompareView = {
      ...view(
        ["3개다.", "3회다."],
        ["3회까지다.", "5회다."],
        [
          [0, 0, 0.5],
          [1, 1, 0.9],
        ],
      ),
      flags: [{ kind: "number", model: "5회", answer: "3회" }],
    };
    expect(flagSentence(compared, 0)).toBe(2);
    expect(marks(compared, "answer")[0]?.span).toEqual([5, 7]);
  });
});

describe("pieces", () => {
  const check = (text: string, span: [number, number], expected: string): void => {
    const mark = { span, state: "said", term: 0, flag: null } as const;
    const all = pieces(text, [0, text.length], span[0] < span[1] ? [mark] : []);
    expect(
      all
        .map((one) => (one.mark ? `[${one.text}]` : one.code ? `{${one.text}}` : one.text))
        .join(""),
    ).toBe(expected);
  };

  it("takes the signs of markdown out and tells code apart", () => {
    check("**낙관적 락**은 `version` 열을 본다", [2, 7], "[낙관적 락]은 {version} 열을 본다");
    check("- 항목 하나\n이어서", [0, 0], "항목 하나 이어서");
    check("1 * 2 와 __굵게__ snake__case", [0, 0], "1 * 2 와 굵게 snake__case");
  });

  it("keeps code as it is", () => {
    check("`a ** b`와 `<T>`", [0, 0], "{a ** b}와 {<T>}");
  });
});
