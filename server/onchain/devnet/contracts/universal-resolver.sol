// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {NameRegistry} from "./name-registry.sol";
import {NameResolver} from "./name-resolver.sol";

/// @title Answers what a name stands for, and which name an address has, in one call, as ENS' own does on Ethereum.
/// @notice It reads this chain alone: no gateways are asked, and no name answers for those below it.
contract UniversalResolver {
    /// @notice Where the deployer's eighth contract stands.
    NameRegistry public constant registry = NameRegistry(0xa513E6E4b8f2a923D98304ec87F64353C4D5C853);
    /// @notice The namehash of `addr.reverse`.
    bytes32 private constant ADDR_REVERSE_NODE = 0x91d1777781884d03a6757a803996e38de2a42967fb37eeaca72729271025a9e2;
    uint256 private constant COIN_TYPE_ETHER = 60;

    error DNSDecodingFailed(bytes dns);
    error EmptyAddress();
    error ResolverNotFound(bytes name);
    error ResolverNotContract(bytes name, address resolver);
    error ResolverError(bytes errorData);
    error ReverseAddressMismatch(string primary, bytes primaryAddress);
    error UnsupportedResolverProfile(bytes4 selector);

    function resolveWithGateways(bytes calldata name, bytes calldata data, string[] calldata)
        external
        view
        returns (bytes memory result, address resolver)
    {
        bytes32 node = _nodeOf(name, 0);
        resolver = registry.resolver(node);
        if (resolver == address(0)) revert ResolverNotFound(name);
        if (resolver.code.length == 0) revert ResolverNotContract(name, resolver);
        bool isAnswered;
        (isAnswered, result) = resolver.staticcall(data);
        if (!isAnswered) revert ResolverError(result);
    }

    function reverseWithGateways(bytes calldata lookupAddress, uint256 coinType, string[] calldata)
        external
        view
        returns (string memory name, address resolver, address reverseResolver)
    {
        if (lookupAddress.length == 0) revert EmptyAddress();
        if (lookupAddress.length != 20 || coinType != COIN_TYPE_ETHER) revert UnsupportedResolverProfile(msg.sig);
        address account = address(bytes20(lookupAddress));
        bytes32 node = keccak256(abi.encodePacked(ADDR_REVERSE_NODE, _labelOf(account)));
        reverseResolver = registry.resolver(node);
        if (reverseResolver == address(0)) revert ResolverNotFound(lookupAddress);
        name = NameResolver(reverseResolver).name(node);
        bytes32 forward = _nodeOfText(bytes(name), 0);
        resolver = registry.resolver(forward);
        address back = resolver == address(0) ? address(0) : NameResolver(resolver).addr(forward);
        if (back != account) revert ReverseAddressMismatch(name, abi.encodePacked(back));
    }

    /// @dev The namehash (ERC-137) of a name in DNS wire format: each label behind its length, a zero at the end.
    function _nodeOf(bytes calldata name, uint256 start) private pure returns (bytes32) {
        if (start >= name.length) revert DNSDecodingFailed(name);
        uint256 length = uint8(name[start]);
        if (length == 0) return bytes32(0);
        uint256 end = start + 1 + length;
        if (end >= name.length) revert DNSDecodingFailed(name);
        return keccak256(abi.encodePacked(_nodeOf(name, end), keccak256(name[start + 1:end])));
    }

    /// @dev The namehash of a name as people write it.
    function _nodeOfText(bytes memory name, uint256 start) private pure returns (bytes32) {
        if (start >= name.length) return bytes32(0);
        uint256 end = start;
        while (end < name.length && name[end] != ".") end++;
        bytes memory label = new bytes(end - start);
        for (uint256 i = 0; i < label.length; i++) label[i] = name[start + i];
        return keccak256(abi.encodePacked(_nodeOfText(name, end + 1), keccak256(label)));
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
