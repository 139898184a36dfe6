// Opens the page that was asked for once the hub answers: at once when the network is back, and asked for where the hub was away.
const againAfterMs = 5000;

async function openAgain() {
  try {
    const answer = await fetch('/health/ready', { cache: 'no-store', signal: AbortSignal.timeout(againAfterMs) });
    if (answer.ok) location.reload();
  } catch {
    // It is still away.
  }
}

function openIfSeen() {
  if (!document.hidden) void openAgain();
}

addEventListener('online', openIfSeen);
document.addEventListener('visibilitychange', openIfSeen);
setInterval(openIfSeen, againAfterMs);
