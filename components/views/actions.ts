import type { SavedView, ViewList } from "@/domain/views/view";
import type { FormState } from "../form-state";

export interface NewView {
  list: ViewList;
  name: string;
  query: string;
  isShared: boolean;
  isDefault: boolean;
}

/** The server actions of saved views, given to components as props. */
export interface ViewActions {
  list: (list: ViewList) => Promise<FormState<SavedView[]>>;
  /** Answers with the number of the new view. */
  save: (view: NewView) => Promise<FormState<number>>;
  update: (
    id: number,
    changes: Partial<Pick<NewView, "name" | "query" | "isShared">>,
  ) => Promise<FormState>;
  remove: (id: number) => Promise<FormState>;
  setDefault: (list: ViewList, id: number | null) => Promise<FormState>;
}
