import { answerForServer } from "@/components/update/answer-for-server";

answerForServer();
