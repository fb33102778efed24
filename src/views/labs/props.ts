/** What every lab is given. */
export interface LabProps {
  readonly title: string;
  /** Left out where what is shown is closed in another way. */
  readonly onClose?: () => void;
}
