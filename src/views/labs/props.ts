/** What every lab is given. */
export interface LabProps {
  readonly title: string;
  readonly onClose: () => void;
}
