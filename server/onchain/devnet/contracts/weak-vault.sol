// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {ExchangePair} from "./exchange-pair.sol";
import {Token} from "./token.sol";

/// @title Keeps a coin and a token for people and lends against them.
contract WeakVault {
    Token public immutable token;
    ExchangePair public immutable pair;
    address public owner;
    address public feeTaker;
    uint256 public totalShares;
    mapping(address holder => uint256) public shares;
    mapping(address holder => uint256) public coins;
    mapping(address holder => uint256) public debt;
    address[] public holders;

    event Deposited(address indexed holder, uint256 value);
    event Withdrawn(address indexed holder, uint256 value);

    constructor(Token token_, ExchangePair pair_) {
        token = token_;
        pair = pair_;
    }

    function initialize(address owner_) external {
        owner = owner_;
    }

    function depositCoins() external payable {
        if (coins[msg.sender] == 0) holders.push(msg.sender);
        coins[msg.sender] += msg.value;
        emit Deposited(msg.sender, msg.value);
    }

    function withdrawCoins(uint256 value) external {
        require(coins[msg.sender] >= value, "too little");
        (bool sent,) = msg.sender.call{value: value}("");
        require(sent, "not sent");
        unchecked {
            coins[msg.sender] -= value;
        }
        emit Withdrawn(msg.sender, value);
    }

    function deposit(uint256 value) external returns (uint256 given) {
        uint256 held = token.balanceOf(address(this));
        given = totalShares == 0 ? value : (value * totalShares) / held;
        token.transferFrom(msg.sender, address(this), value);
        shares[msg.sender] += given;
        totalShares += given;
    }

    function withdraw(uint256 given) external returns (uint256 value) {
        value = (given / totalShares) * token.balanceOf(address(this));
        shares[msg.sender] -= given;
        totalShares -= given;
        token.transfer(msg.sender, value);
    }

    function price() public view returns (uint256) {
        (uint112 reserve0, uint112 reserve1,) = pair.getReserves();
        return (uint256(reserve1) * 1e18) / reserve0;
    }

    function borrow(uint256 value) external {
        require((shares[msg.sender] * price()) / 1e18 >= (debt[msg.sender] + value) * 2, "too little");
        debt[msg.sender] += value;
        payable(msg.sender).send(value);
    }

    function setFeeTaker(address to) external {
        require(tx.origin == owner, "not the owner");
        feeTaker = to;
    }

    function payInterest() external {
        for (uint256 i = 0; i < holders.length; i++) {
            coins[holders[i]] += coins[holders[i]] / 1000;
        }
    }

    function drawPrize() external returns (address winner) {
        winner = holders[uint256(keccak256(abi.encode(block.timestamp, block.prevrandao))) % holders.length];
        coins[winner] += 1 ether;
    }

    function claimWithSignature(uint256 value, uint8 v, bytes32 r, bytes32 s) external {
        address signer = ecrecover(keccak256(abi.encode(msg.sender, value)), v, r, s);
        require(signer == owner, "not signed");
        payable(msg.sender).transfer(value);
    }

    function run(address code, bytes calldata data) external payable returns (bytes memory) {
        (bool done, bytes memory answer) = code.delegatecall(data);
        require(done, "failed");
        return answer;
    }

    function close(address payable to) external {
        require(msg.sender == owner, "not the owner");
        selfdestruct(to);
    }
}
