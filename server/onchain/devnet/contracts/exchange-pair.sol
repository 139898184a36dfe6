// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Token} from "./token.sol";

/// @title Two tokens whose amounts multiply to a constant; whoever puts both in holds shares. Swaps cost 0.3 %.
/// @dev Events have the form of Uniswap V2. Amounts are what arrived since the last call; use it through the router.
contract ExchangePair is Token {
    address public immutable factory;
    address public immutable token0;
    address public immutable token1;
    uint112 private reserve0;
    uint112 private reserve1;
    uint32 private updatedAt;
    bool private isBusy;

    event Mint(address indexed sender, uint256 amount0, uint256 amount1);
    event Burn(address indexed sender, uint256 amount0, uint256 amount1, address indexed to);
    event Swap(
        address indexed sender,
        uint256 amount0In,
        uint256 amount1In,
        uint256 amount0Out,
        uint256 amount1Out,
        address indexed to
    );
    event Sync(uint112 reserve0, uint112 reserve1);

    error Busy();
    error NothingGiven();
    error TooMuchWanted();
    error ConstantBroken();
    error TransferFailed();
    error Overflow();

    constructor(address token0_, address token1_) Token("Exchange Share", "SHARE", 18) {
        factory = msg.sender;
        token0 = token0_;
        token1 = token1_;
        // Shares are made by putting tokens in, by nobody's word.
        owner = address(0);
    }

    modifier once() {
        if (isBusy) revert Busy();
        isBusy = true;
        _;
        isBusy = false;
    }

    function getReserves() public view returns (uint112, uint112, uint32) {
        return (reserve0, reserve1, updatedAt);
    }

    function mint(address to) external once returns (uint256 shares) {
        (uint256 balance0, uint256 balance1) = _balances();
        uint256 amount0 = balance0 - reserve0;
        uint256 amount1 = balance1 - reserve1;
        if (totalSupply == 0) {
            shares = _root(amount0 * amount1) - 1000;
            // What nobody holds keeps a share from being made so dear that others' deposits round to nothing.
            _mint(address(0xdead), 1000);
        } else {
            shares = _least((amount0 * totalSupply) / reserve0, (amount1 * totalSupply) / reserve1);
        }
        if (shares == 0) revert NothingGiven();
        _mint(to, shares);
        _store(balance0, balance1);
        emit Mint(msg.sender, amount0, amount1);
    }

    function burn(address to) external once returns (uint256 amount0, uint256 amount1) {
        (uint256 balance0, uint256 balance1) = _balances();
        uint256 shares = balanceOf[address(this)];
        amount0 = (shares * balance0) / totalSupply;
        amount1 = (shares * balance1) / totalSupply;
        if (amount0 == 0 || amount1 == 0) revert NothingGiven();
        balanceOf[address(this)] = 0;
        totalSupply -= shares;
        emit Transfer(address(this), address(0), shares);
        _send(token0, to, amount0);
        _send(token1, to, amount1);
        (balance0, balance1) = _balances();
        _store(balance0, balance1);
        emit Burn(msg.sender, amount0, amount1, to);
    }

    function swap(uint256 amount0Out, uint256 amount1Out, address to) external once {
        if (amount0Out == 0 && amount1Out == 0) revert NothingGiven();
        if (amount0Out >= reserve0 || amount1Out >= reserve1) revert TooMuchWanted();
        if (amount0Out > 0) _send(token0, to, amount0Out);
        if (amount1Out > 0) _send(token1, to, amount1Out);
        (uint256 balance0, uint256 balance1) = _balances();
        uint256 in0 = balance0 > reserve0 - amount0Out ? balance0 - (reserve0 - amount0Out) : 0;
        uint256 in1 = balance1 > reserve1 - amount1Out ? balance1 - (reserve1 - amount1Out) : 0;
        if (in0 == 0 && in1 == 0) revert NothingGiven();
        uint256 after0 = balance0 * 1000 - in0 * 3;
        uint256 after1 = balance1 * 1000 - in1 * 3;
        if (after0 * after1 < uint256(reserve0) * reserve1 * 1_000_000) revert ConstantBroken();
        _store(balance0, balance1);
        emit Swap(msg.sender, in0, in1, amount0Out, amount1Out, to);
    }

    function _balances() private view returns (uint256, uint256) {
        return (Token(token0).balanceOf(address(this)), Token(token1).balanceOf(address(this)));
    }

    function _store(uint256 balance0, uint256 balance1) private {
        if (balance0 > type(uint112).max || balance1 > type(uint112).max) revert Overflow();
        reserve0 = uint112(balance0);
        reserve1 = uint112(balance1);
        updatedAt = uint32(block.timestamp);
        emit Sync(reserve0, reserve1);
    }

    function _send(address token, address to, uint256 value) private {
        if (!Token(token).transfer(to, value)) revert TransferFailed();
    }

    function _least(uint256 left, uint256 right) private pure returns (uint256) {
        return left < right ? left : right;
    }

    function _root(uint256 square) private pure returns (uint256 root) {
        if (square == 0) return 0;
        root = square;
        uint256 next = square / 2 + 1;
        while (next < root) {
            root = next;
            next = (square / next + next) / 2;
        }
    }
}
