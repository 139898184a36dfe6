exports.ServerState = { scan: () => Promise.resolve([]) };
