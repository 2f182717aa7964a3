/** How many characters a password has; here, so that a form can say it before it is sent. */
export const SHORTEST_PASSWORD = 10;
export const LONGEST_PASSWORD = 200;
