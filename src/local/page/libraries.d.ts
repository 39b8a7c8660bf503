/** The two libraries that come as plain scripts (see index.html). */
declare const AdaptiveCards: typeof import('adaptivecards');
declare const markdownit: typeof import('markdown-it').default;
