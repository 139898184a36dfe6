// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

/// @title Many calls in one, with the interface that Multicall3 has on every public chain.
contract Multicall3 {
    struct Call {
        address target;
        bytes callData;
    }
    struct Call3 {
        address target;
        bool allowFailure;
        bytes callData;
    }
    struct Call3Value {
        address target;
        bool allowFailure;
        uint256 value;
        bytes callData;
    }
    struct Result {
        bool success;
        bytes returnData;
    }

    error CallFailed(uint256 index);
    error WrongValue(uint256 sent, uint256 used);

    function aggregate3(Call3[] calldata calls) external payable returns (Result[] memory results) {
        results = new Result[](calls.length);
        for (uint256 i = 0; i < calls.length; i++) {
            results[i] = _ask(calls[i].target, calls[i].callData, 0);
            if (!results[i].success && !calls[i].allowFailure) revert CallFailed(i);
        }
    }

    function aggregate3Value(Call3Value[] calldata calls) external payable returns (Result[] memory results) {
        results = new Result[](calls.length);
        uint256 used = 0;
        for (uint256 i = 0; i < calls.length; i++) {
            used += calls[i].value;
            results[i] = _ask(calls[i].target, calls[i].callData, calls[i].value);
            if (!results[i].success && !calls[i].allowFailure) revert CallFailed(i);
        }
        if (used != msg.value) revert WrongValue(msg.value, used);
    }

    function aggregate(Call[] calldata calls) external payable returns (uint256 blockNumber, bytes[] memory answers) {
        blockNumber = block.number;
        answers = new bytes[](calls.length);
        Result[] memory results = tryAggregate(true, calls);
        for (uint256 i = 0; i < results.length; i++) answers[i] = results[i].returnData;
    }

    function tryAggregate(bool requireSuccess, Call[] calldata calls) public payable returns (Result[] memory results) {
        results = new Result[](calls.length);
        for (uint256 i = 0; i < calls.length; i++) {
            results[i] = _ask(calls[i].target, calls[i].callData, 0);
            if (requireSuccess && !results[i].success) revert CallFailed(i);
        }
    }

    function tryBlockAndAggregate(bool requireSuccess, Call[] calldata calls)
        public
        payable
        returns (uint256 blockNumber, bytes32 hash, Result[] memory results)
    {
        return (block.number, blockhash(block.number), tryAggregate(requireSuccess, calls));
    }

    function blockAndAggregate(Call[] calldata calls)
        external
        payable
        returns (uint256 blockNumber, bytes32 hash, Result[] memory results)
    {
        return tryBlockAndAggregate(true, calls);
    }

    function getBlockNumber() external view returns (uint256) {
        return block.number;
    }

    function getBlockHash(uint256 blockNumber) external view returns (bytes32) {
        return blockhash(blockNumber);
    }

    function getLastBlockHash() external view returns (bytes32) {
        return blockhash(block.number - 1);
    }

    function getCurrentBlockTimestamp() external view returns (uint256) {
        return block.timestamp;
    }

    function getCurrentBlockCoinbase() external view returns (address) {
        return block.coinbase;
    }

    function getCurrentBlockDifficulty() external view returns (uint256) {
        return block.prevrandao;
    }

    function getCurrentBlockGasLimit() external view returns (uint256) {
        return block.gaslimit;
    }

    function getBasefee() external view returns (uint256) {
        return block.basefee;
    }

    function getChainId() external view returns (uint256) {
        return block.chainid;
    }

    function getEthBalance(address holder) external view returns (uint256) {
        return holder.balance;
    }

    function _ask(address target, bytes calldata data, uint256 value) private returns (Result memory result) {
        (result.success, result.returnData) = target.call{value: value}(data);
    }
}
