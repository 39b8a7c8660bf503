// Runs before the first paint, so that a chosen theme does not flash. A plain script: nothing to import.
document.documentElement.dataset.theme = localStorage.getItem('theme') ?? 'auto';
