// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {ExchangeFactory} from "./exchange-factory.sol";
import {ExchangePair} from "./exchange-pair.sol";
import {Token} from "./token.sol";

/// @title Takes tokens from whoever calls and swaps them, or puts them into a pair, in one transaction.
contract ExchangeRouter {
    ExchangeFactory public immutable factory;

    error TooLate(uint256 deadline);
    error NoPair(address tokenA, address tokenB);
    error TooLittle(uint256 got, uint256 wanted);
    error TransferFailed();

    constructor(ExchangeFactory factory_) {
        factory = factory_;
    }

    modifier before(uint256 deadline) {
        if (block.timestamp > deadline) revert TooLate(deadline);
        _;
    }

    function addLiquidity(
        address tokenA,
        address tokenB,
        uint256 amountA,
        uint256 amountB,
        uint256 leastShares,
        address to,
        uint256 deadline
    ) external before(deadline) returns (uint256 shares) {
        address pair = _pairOf(tokenA, tokenB);
        _take(tokenA, pair, amountA);
        _take(tokenB, pair, amountB);
        shares = ExchangePair(pair).mint(to);
        if (shares < leastShares) revert TooLittle(shares, leastShares);
    }

    function removeLiquidity(
        address tokenA,
        address tokenB,
        uint256 shares,
        uint256 leastA,
        uint256 leastB,
        address to,
        uint256 deadline
    ) external before(deadline) returns (uint256 amountA, uint256 amountB) {
        address pair = _pairOf(tokenA, tokenB);
        _take(pair, pair, shares);
        (uint256 amount0, uint256 amount1) = ExchangePair(pair).burn(to);
        (amountA, amountB) = tokenA < tokenB ? (amount0, amount1) : (amount1, amount0);
        if (amountA < leastA) revert TooLittle(amountA, leastA);
        if (amountB < leastB) revert TooLittle(amountB, leastB);
    }

    function getAmountsOut(uint256 amountIn, address[] memory path) public view returns (uint256[] memory amounts) {
        amounts = new uint256[](path.length);
        amounts[0] = amountIn;
        for (uint256 i = 1; i < path.length; i++) {
            (uint112 reserve0, uint112 reserve1,) = ExchangePair(_pairOf(path[i - 1], path[i])).getReserves();
            (uint256 reserveIn, uint256 reserveOut) =
                path[i - 1] < path[i] ? (uint256(reserve0), uint256(reserve1)) : (uint256(reserve1), uint256(reserve0));
            uint256 charged = amounts[i - 1] * 997;
            amounts[i] = (charged * reserveOut) / (reserveIn * 1000 + charged);
        }
    }

    function swapExactTokensForTokens(
        uint256 amountIn,
        uint256 amountOutMin,
        address[] calldata path,
        address to,
        uint256 deadline
    ) external before(deadline) returns (uint256[] memory amounts) {
        amounts = getAmountsOut(amountIn, path);
        uint256 last = amounts[amounts.length - 1];
        if (last < amountOutMin) revert TooLittle(last, amountOutMin);
        _take(path[0], _pairOf(path[0], path[1]), amountIn);
        for (uint256 i = 1; i < path.length; i++) {
            address next = i + 1 < path.length ? _pairOf(path[i], path[i + 1]) : to;
            (uint256 out0, uint256 out1) =
                path[i - 1] < path[i] ? (uint256(0), amounts[i]) : (amounts[i], uint256(0));
            ExchangePair(_pairOf(path[i - 1], path[i])).swap(out0, out1, next);
        }
    }

    function _pairOf(address tokenA, address tokenB) private view returns (address pair) {
        pair = factory.getPair(tokenA, tokenB);
        if (pair == address(0)) revert NoPair(tokenA, tokenB);
    }

    function _take(address token, address to, uint256 value) private {
        if (!Token(token).transferFrom(msg.sender, to, value)) revert TransferFailed();
    }
}
