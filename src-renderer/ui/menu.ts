/** What a menu is made of. */
export type MenuEntry =
  | {
      readonly kind: 'action';
      readonly id: string;
      readonly label: string;
      readonly detail?: string;
      readonly keys?: string;
      readonly disabled?: boolean;
      /** One of several to choose from: whether it is the chosen one. */
      readonly checked?: boolean;
      readonly onselect: () => void;
    }
  | { readonly kind: 'separator'; readonly id: string };
