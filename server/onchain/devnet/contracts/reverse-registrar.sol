// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {NameRegistry} from "./name-registry.sol";

/// @title Gives everybody the name `<address>.addr.reverse` of their own address (ERC-181).
contract ReverseRegistrar {
    /// @notice The namehash of `addr.reverse`.
    bytes32 public constant ADDR_REVERSE_NODE = 0x91d1777781884d03a6757a803996e38de2a42967fb37eeaca72729271025a9e2;
    NameRegistry public immutable registry;
    address public immutable defaultResolver;

    constructor(NameRegistry registry_, address defaultResolver_) {
        registry = registry_;
        defaultResolver = defaultResolver_;
    }

    function claim() external returns (bytes32) {
        bytes32 label = _labelOf(msg.sender);
        registry.setSubnodeRecord(ADDR_REVERSE_NODE, label, msg.sender, defaultResolver, 0);
        return keccak256(abi.encodePacked(ADDR_REVERSE_NODE, label));
    }

    function node(address account) external pure returns (bytes32) {
        return keccak256(abi.encodePacked(ADDR_REVERSE_NODE, _labelOf(account)));
    }

    function _labelOf(address account) private pure returns (bytes32) {
        bytes16 digits = "0123456789abcdef";
        bytes memory hexadecimal = new bytes(40);
        uint160 left = uint160(account);
        for (uint256 i = 40; i > 0; i--) {
            hexadecimal[i - 1] = digits[left & 0xf];
            left >>= 4;
        }
        return keccak256(hexadecimal);
    }
}
