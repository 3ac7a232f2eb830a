// The colours and the face of drawings: those of the window, as they are now.

/**
 * A drawing is shown as a picture, and a picture has no fonts but the system's: it is measured with the
 * same ones. They are the system's of `--font-ui`, without the web font that heads it.
 */
export const fontFamily =
  '-apple-system, "Apple SD Gothic Neo", "Malgun Gothic", "Noto Sans KR", "Noto Sans CJK KR", system-ui, sans-serif';

/** Pixels, at the usual size of text. */
export const fontSize = 14;

/** Fills that tell parts of one drawing apart; ink is read on each of them. */
const fills = [
  "--mine-wash-2",
  "--theirs-wash-2",
  "--pencil-wash",
  "--model-wash-2",
  "--panel-hover",
  "--mine-wash",
  "--theirs-wash",
  "--model-wash",
];
/** Lines and areas that stand on their own. */
const inks = ["--mine", "--theirs", "--pencil", "--model", "--ink-2", "--heat-3", "--ink-3"];

/** What the library's styles get wrong in colours that are not its own, or without HTML labels. */
export const css = (paper: string) => `
  .edgeLabel rect, .edgeLabel .label rect { opacity: 1; }
  .eventWrapper { filter: none; }
  .grid .tick line { stroke: inherit; }
  marker circle[fill="white"] { fill: ${paper}; }
  text[dominant-baseline="central"] > tspan { dominant-baseline: central; }
  text[dominant-baseline="middle"] > tspan { dominant-baseline: middle; }
  .mindmap-node > :is(circle, rect, polygon) + .label text { text-anchor: middle; }
`;

export type Theme = Record<string, string | boolean | object> & {
  background: string;
  primaryTextColor: string;
};

/** Reads colours as they are now: `light-dark()` and names are worked out only where one is used. */
function reader(): { read: (value: string) => string; done: () => void } {
  const probe = document.createElement("span");
  probe.hidden = true;
  document.body.append(probe);
  const style = getComputedStyle(probe);
  const read = (value: string) => {
    probe.style.color = "";
    probe.style.color = value;
    return style.color;
  };
  return { read, done: () => probe.remove() };
}

/** From 0 to 255, of a colour such as `rgb(1, 2, 3)`; weighed as the eye does. */
function brightness(colour: string): number {
  const [r = 0, g = 0, b = 0] = (colour.match(/[\d.]+/g) ?? []).map(Number);
  return 0.299 * r + 0.587 * g + 0.114 * b;
}

/** What Mermaid's theme `base` is given. */
export function theme(): Theme {
  const { read, done } = reader();
  const colour = (token: string) => read(`var(${token})`);
  const ink = colour("--ink");
  const soft = colour("--ink-2");
  const edge = colour("--rule-control");
  const paper = colour("--paper");
  const panel = colour("--panel-hover");
  const node = colour("--raised");
  const variables: Theme = {
    darkMode: brightness(paper) < brightness(ink),
    fontFamily,
    fontSize: `${fontSize}px`,
    background: paper,
    primaryColor: node,
    primaryTextColor: ink,
    primaryBorderColor: edge,
    secondaryColor: panel,
    secondaryTextColor: ink,
    secondaryBorderColor: edge,
    tertiaryColor: colour("--panel"),
    tertiaryTextColor: ink,
    tertiaryBorderColor: colour("--rule-strong"),
    textColor: ink,
    titleColor: ink,
    lineColor: soft,
    arrowheadColor: soft,
    clusterBkg: colour("--panel"),
    clusterBorder: colour("--rule-strong"),
    edgeLabelBackground: paper,
    labelBackgroundColor: paper,
    noteBkgColor: colour("--pencil-wash"),
    noteTextColor: ink,
    noteBorderColor: colour("--pencil"),
    actorLineColor: edge,
    activationBkgColor: colour("--mine-wash-2"),
    activationBorderColor: colour("--mine"),
    sequenceNumberColor: paper,
    sectionBkgColor: panel,
    altSectionBkgColor: paper,
    sectionBkgColor2: panel,
    taskBkgColor: colour("--mine-wash-2"),
    taskBorderColor: colour("--mine"),
    activeTaskBkgColor: colour("--pencil-wash"),
    activeTaskBorderColor: colour("--pencil"),
    doneTaskBkgColor: panel,
    doneTaskBorderColor: edge,
    critBkgColor: colour("--model-wash-2"),
    critBorderColor: colour("--model"),
    todayLineColor: colour("--model"),
    vertLineColor: colour("--mine"),
    taskTextClickableColor: ink,
    gridColor: colour("--rule-strong"),
    excludeBkgColor: panel,
    rowOdd: paper,
    rowEven: colour("--panel"),
    errorBkgColor: colour("--model-wash"),
    errorTextColor: ink,
    commitLabelColor: ink,
    commitLabelBackground: panel,
    tagLabelColor: ink,
    tagLabelBackground: colour("--pencil-wash"),
    tagLabelBorder: colour("--pencil"),
    pieTitleTextSize: `${fontSize + 2}px`,
    pieSectionTextSize: `${fontSize}px`,
    pieLegendTextSize: `${fontSize}px`,
    pieStrokeColor: edge,
    pieStrokeWidth: "1px",
    pieOuterStrokeColor: edge,
    pieOuterStrokeWidth: "1px",
    pieOpacity: "1",
    archEdgeColor: soft,
    archEdgeArrowColor: soft,
    archGroupBorderColor: edge,
    dropShadow: "none",
    useGradient: false,
    xyChart: { plotColorPalette: inks.map(colour).join(",") },
    radar: { axisColor: edge, graticuleColor: colour("--rule-strong") },
    wardley: { backgroundColor: paper, gridColor: colour("--rule-strong") },
  };
  for (let i = 0; i < 12; i++) {
    const fill = colour(fills[i % fills.length] ?? "");
    const strong = colour(inks[i % inks.length] ?? "");
    Object.assign(variables, {
      [`pie${i + 1}`]: fill,
      [`cScale${i}`]: fill,
      [`cScaleLabel${i}`]: ink,
      [`cScalePeer${i}`]: edge,
      [`cScaleInv${i}`]: soft,
      [`fillType${i}`]: fill,
      [`venn${i + 1}`]: fill,
      [`git${i}`]: strong,
      [`gitInv${i}`]: paper,
      [`gitBranchLabel${i}`]: paper,
    });
  }
  done();
  return variables;
}

/**
 * Sets labels on fills that the drawing's author chose in the ink that is read on them. Most choose a light
 * fill for a dark text, and think of no dark window.
 */
export function setReadable(root: Element, { primaryTextColor, background }: Theme): void {
  const { read, done } = reader();
  for (const filled of root.querySelectorAll<SVGElement>('[style*="fill"]')) {
    const owner = filled.closest(".node, .cluster");
    if (!owner || filled.closest("text, .label, .cluster-label")) continue;
    const { fill } = filled.style;
    if (fill === "" || fill === "none" || fill === "transparent") continue;
    const light = brightness(read(fill));
    const far = (ink: string) => Math.abs(brightness(ink) - light);
    const ink = far(primaryTextColor) >= far(background) ? primaryTextColor : background;
    for (const text of owner.querySelectorAll<SVGElement>(":is(.label, .cluster-label) text")) {
      const chosen = text.closest('[style*="color"], text[style*="fill"]');
      if (!chosen || !owner.contains(chosen)) text.style.setProperty("fill", ink, "important");
    }
  }
  done();
}
