// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {ExchangePair} from "./exchange-pair.sol";

/// @title Makes one pair for any two tokens.
contract ExchangeFactory {
    mapping(address tokenA => mapping(address tokenB => address)) public getPair;
    address[] public allPairs;

    event PairCreated(address indexed token0, address indexed token1, address pair, uint256 count);

    error SameToken();
    error PairExists(address pair);

    function allPairsLength() external view returns (uint256) {
        return allPairs.length;
    }

    function createPair(address tokenA, address tokenB) external returns (address pair) {
        if (tokenA == tokenB) revert SameToken();
        if (getPair[tokenA][tokenB] != address(0)) revert PairExists(getPair[tokenA][tokenB]);
        (address token0, address token1) = tokenA < tokenB ? (tokenA, tokenB) : (tokenB, tokenA);
        pair = address(new ExchangePair(token0, token1));
        getPair[token0][token1] = pair;
        getPair[token1][token0] = pair;
        allPairs.push(pair);
        emit PairCreated(token0, token1, pair, allPairs.length);
    }
}
