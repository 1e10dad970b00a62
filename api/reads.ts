/** The methods that change nothing (RFC 9110 9.2.1) and are answered here. */
export const READS = ["GET", "HEAD", "OPTIONS"];
