/** Variables on which it depends who may do what, or where money goes. */
export const authorityNames =
  /owner|admin|govern|operator|minter|guardian|treasury|implementation|oracle|router|feeTaker|feeRecipient|feeTo|keeper|controller|signer|manager|paused|signing/i;
