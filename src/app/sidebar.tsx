/** The sidebar's entry. It shows nothing yet but the skeleton of iframe.html. */
export {};
