/** What a menu is made of. */
export type MenuEntry =
  | {
      readonly kind: 'action';
      readonly id: string;
      readonly label: string;
      readonly detail?: string;
      readonly keys?: string;
      readonly disabled?: boolean;
      readonly onselect: () => void;
    }
  | { readonly kind: 'separator'; readonly id: string };
