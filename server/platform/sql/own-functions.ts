/** The digits of a raw amount, with zeros before them as far as the point needs. */
const digits =
  "lpad(ltrim(CAST(amount AS VARCHAR), '-'), CAST(greatest(length(CAST(amount AS VARCHAR)), decimals + 1) AS INTEGER), '0')";

/**
 * What the hub adds to the engine's functions. `to_tokens(amount, decimals)` is the raw whole amount of a token as a decimal:
 * exact up to 18 places, null where it is beyond 10^20 tokens. The engine's own division would give a DOUBLE.
 */
export const ownFunctions = [
  `CREATE MACRO to_tokens(amount, decimals) AS CASE WHEN decimals = 0 THEN TRY_CAST(amount AS DECIMAL(38, 18))
    ELSE TRY_CAST(concat(CASE WHEN amount < 0 THEN '-' END, left(${digits}, CAST(-decimals AS INTEGER)), '.',
      right(${digits}, CAST(decimals AS INTEGER))) AS DECIMAL(38, 18)) END`,
];
