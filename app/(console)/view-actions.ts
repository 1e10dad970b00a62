import type { ViewActions } from "@/components/views/actions";
import {
  deleteViewAction,
  listViewsAction,
  saveViewAction,
  setDefaultViewAction,
  updateViewAction,
} from "./views/actions";

/** The actions that the lists of tokens hand to their views. */
export const viewActions: ViewActions = {
  list: listViewsAction,
  save: saveViewAction,
  update: updateViewAction,
  remove: deleteViewAction,
  setDefault: setDefaultViewAction,
};
