import type { Detector } from './detector.ts';
import { approvalRace } from './detectors/approval-race.ts';
import { arbitraryCall } from './detectors/arbitrary-call.ts';
import { arbitraryStorageWrite } from './detectors/arbitrary-storage-write.ts';
import { arbitraryTransferFrom } from './detectors/arbitrary-transfer-from.ts';
import { assertOnInput } from './detectors/assert-on-input.ts';
import { centralisation } from './detectors/centralisation.ts';
import { constructorTypo } from './detectors/constructor-typo.ts';
import { crossFunctionReentrancy } from './detectors/cross-function-reentrancy.ts';
import { delegatecallToInput } from './detectors/delegatecall-to-input.ts';
import { deprecatedFunctions } from './detectors/deprecated-functions.ts';
import { divisionBeforeMultiplication } from './detectors/division-before-multiplication.ts';
import { firstDepositorInflation } from './detectors/first-depositor-inflation.ts';
import { floatingPragma } from './detectors/floating-pragma.ts';
import { frontRunInitializer } from './detectors/front-run-initializer.ts';
import { frontRunSolution } from './detectors/front-run-solution.ts';
import { functionDefaultVisibility } from './detectors/function-default-visibility.ts';
import { gasConstantVariable } from './detectors/gas-constant-variable.ts';
import { gasLengthInLoop } from './detectors/gas-length-in-loop.ts';
import { gasMemoryParameter } from './detectors/gas-memory-parameter.ts';
import { hardCodedGas } from './detectors/hard-coded-gas.ts';
import { inlineAssembly } from './detectors/inline-assembly.ts';
import { lockedEther } from './detectors/locked-ether.ts';
import { messageValueInLoop } from './detectors/message-value-in-loop.ts';
import { missingAccessControl } from './detectors/missing-access-control.ts';
import { missingEvent } from './detectors/missing-event.ts';
import { missingZeroCheck } from './detectors/missing-zero-check.ts';
import { mistypedOperator } from './detectors/mistyped-operator.ts';
import { noSlippageLimit } from './detectors/no-slippage-limit.ts';
import { outdatedCompiler } from './detectors/outdated-compiler.ts';
import { ownershipTakeover } from './detectors/ownership-takeover.ts';
import { packedCollision } from './detectors/packed-collision.ts';
import { paymentInLoop } from './detectors/payment-in-loop.ts';
import { reentrancy } from './detectors/reentrancy.ts';
import { refundBlocksNext } from './detectors/refund-blocks-next.ts';
import { rightToLeftCharacter } from './detectors/right-to-left-character.ts';
import { secretOnChain } from './detectors/secret-on-chain.ts';
import { signatureMalleability } from './detectors/signature-malleability.ts';
import { signatureReplay } from './detectors/signature-replay.ts';
import { spotPriceOracle } from './detectors/spot-price-oracle.ts';
import { staleOracle } from './detectors/stale-oracle.ts';
import { stateDefaultVisibility } from './detectors/state-default-visibility.ts';
import { stateShadowing } from './detectors/state-shadowing.ts';
import { statementWithoutEffect } from './detectors/statement-without-effect.ts';
import { strictBalance } from './detectors/strict-balance.ts';
import { timestampDependence } from './detectors/timestamp-dependence.ts';
import { transferAndSend } from './detectors/transfer-and-send.ts';
import { txOrigin } from './detectors/tx-origin.ts';
import { unboundedLoop } from './detectors/unbounded-loop.ts';
import { uncheckedArithmetic } from './detectors/unchecked-arithmetic.ts';
import { uncheckedCall } from './detectors/unchecked-call.ts';
import { uncheckedTokenTransfer } from './detectors/unchecked-token-transfer.ts';
import { uninitialisedStoragePointer } from './detectors/uninitialised-storage-pointer.ts';
import { unprotectedInitializer } from './detectors/unprotected-initializer.ts';
import { unprotectedSelfdestruct } from './detectors/unprotected-selfdestruct.ts';
import { unprotectedUpgrade } from './detectors/unprotected-upgrade.ts';
import { unprotectedWithdrawal } from './detectors/unprotected-withdrawal.ts';
import { unsafeDowncast } from './detectors/unsafe-downcast.ts';
import { unusedReturn } from './detectors/unused-return.ts';
import { weakRandomness } from './detectors/weak-randomness.ts';
import { zeroAddressRecovery } from './detectors/zero-address-recovery.ts';

/** Every kind of weakness that is looked for. A new one is one file and one line here. */
export const detectors: readonly Detector[] = [
  approvalRace,
  arbitraryCall,
  arbitraryStorageWrite,
  arbitraryTransferFrom,
  assertOnInput,
  centralisation,
  constructorTypo,
  crossFunctionReentrancy,
  delegatecallToInput,
  deprecatedFunctions,
  divisionBeforeMultiplication,
  firstDepositorInflation,
  floatingPragma,
  frontRunInitializer,
  frontRunSolution,
  functionDefaultVisibility,
  gasConstantVariable,
  gasLengthInLoop,
  gasMemoryParameter,
  hardCodedGas,
  inlineAssembly,
  lockedEther,
  messageValueInLoop,
  missingAccessControl,
  missingEvent,
  missingZeroCheck,
  mistypedOperator,
  noSlippageLimit,
  outdatedCompiler,
  ownershipTakeover,
  packedCollision,
  paymentInLoop,
  reentrancy,
  refundBlocksNext,
  rightToLeftCharacter,
  secretOnChain,
  signatureMalleability,
  signatureReplay,
  spotPriceOracle,
  staleOracle,
  stateDefaultVisibility,
  stateShadowing,
  statementWithoutEffect,
  strictBalance,
  timestampDependence,
  transferAndSend,
  txOrigin,
  unboundedLoop,
  uncheckedArithmetic,
  uncheckedCall,
  uncheckedTokenTransfer,
  uninitialisedStoragePointer,
  unprotectedInitializer,
  unprotectedSelfdestruct,
  unprotectedUpgrade,
  unprotectedWithdrawal,
  unsafeDowncast,
  unusedReturn,
  weakRandomness,
  zeroAddressRecovery,
];
