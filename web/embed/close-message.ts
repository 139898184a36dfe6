/** What the page in the frame tells the site around it: that the visitor wants it closed. */
export const closeMessage = 'atrium-embed-close';
