import { NothingHere } from "@/components/frame/nothing-here";

export const metadata = { title: "Not found" };

export default function NotFoundInConsole() {
  return <NothingHere />;
}
