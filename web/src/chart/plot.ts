import type { Shape } from "./shape";

/** What every kind of plot is given. */
export interface PlotProps {
  shape: Shape;
  width: number;
  height: number;
  /** The place that is being read. */
  active: number | undefined;
  onActive: (place: number | undefined) => void;
}

export const HEIGHT = 280;
/** About the width of a label such as "Sep 2025" with air around it. */
export const LABEL_WIDTH = 76;
