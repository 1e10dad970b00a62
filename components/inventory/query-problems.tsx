import type { QueryProblem } from "@/domain/tokens/query-language";
import { Button } from "../ui/button";
import { Notice } from "../ui/notice";

interface QueryProblemsProps {
  id: string;
  /** What was asked for. */
  text: string;
  problems: readonly QueryProblem[];
  onMend: (text: string) => void;
}

/** What of a query was not understood, each with what was probably meant as a button. */
export function QueryProblems({ id, text, problems, onMend }: QueryProblemsProps) {
  return (
    <div id={id} role="alert" className={problems.length > 0 ? "mt-2" : undefined}>
      {problems.length > 0 ? (
        <Notice tone="danger">
          <ul className="grid gap-1.5">
            {problems.map((problem) => (
              <li
                key={`${problem.start} ${problem.message}`}
                className="flex flex-wrap items-center gap-x-3 gap-y-1.5"
              >
                <span className="min-w-0 wrap-anywhere">{problem.message}</span>
                {problem.suggestion ? (
                  // Without scripts it is sent, after the box.
                  <Button
                    type="submit"
                    name="query"
                    value={mended(text, problem)}
                    size="sm"
                    className="max-w-full"
                    onClick={(event) => {
                      event.preventDefault();
                      onMend(mended(text, problem));
                    }}
                  >
                    <span className="truncate">
                      Use <span className="ml-1 font-mono">{problem.suggestion}</span>
                    </span>
                  </Button>
                ) : null}
              </li>
            ))}
          </ul>
        </Notice>
      ) : null}
    </div>
  );
}

function mended(text: string, { start, end, suggestion = "" }: QueryProblem): string {
  return text.slice(0, start) + suggestion + text.slice(end);
}
