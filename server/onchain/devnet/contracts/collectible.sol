// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

interface Receiver {
    function onERC721Received(address operator, address from, uint256 id, bytes calldata data) external returns (bytes4);
}

/// @title Tiles of colour (ERC-721), each drawn from its number; name and picture are in the contract.
contract Collectible {
    string public constant name = "Devnet Tiles";
    string public constant symbol = "TILE";
    address public immutable minter;
    uint256 public totalSupply;
    mapping(uint256 id => address) private owners;
    mapping(address holder => uint256) private balances;
    mapping(uint256 id => address) private approvals;
    mapping(address holder => mapping(address operator => bool)) public isApprovedForAll;

    event Transfer(address indexed from, address indexed to, uint256 indexed tokenId);
    event Approval(address indexed owner, address indexed approved, uint256 indexed tokenId);
    event ApprovalForAll(address indexed owner, address indexed operator, bool approved);

    error NotMinter();
    error NoSuchToken(uint256 id);
    error NotAllowed(address caller, uint256 id);
    error WrongOwner(address claimed, address owner);
    error ZeroAddress();
    error ReceiverRefused(address receiver);

    constructor() {
        minter = msg.sender;
    }

    function mint(address to) external returns (uint256 id) {
        if (msg.sender != minter) revert NotMinter();
        if (to == address(0)) revert ZeroAddress();
        id = ++totalSupply;
        owners[id] = to;
        balances[to] += 1;
        emit Transfer(address(0), to, id);
    }

    function balanceOf(address holder) external view returns (uint256) {
        if (holder == address(0)) revert ZeroAddress();
        return balances[holder];
    }

    function ownerOf(uint256 id) public view returns (address owner) {
        owner = owners[id];
        if (owner == address(0)) revert NoSuchToken(id);
    }

    function getApproved(uint256 id) external view returns (address) {
        ownerOf(id);
        return approvals[id];
    }

    function approve(address to, uint256 id) external {
        address owner = ownerOf(id);
        if (msg.sender != owner && !isApprovedForAll[owner][msg.sender]) revert NotAllowed(msg.sender, id);
        approvals[id] = to;
        emit Approval(owner, to, id);
    }

    function setApprovalForAll(address operator, bool approved) external {
        isApprovedForAll[msg.sender][operator] = approved;
        emit ApprovalForAll(msg.sender, operator, approved);
    }

    function transferFrom(address from, address to, uint256 id) public {
        address owner = ownerOf(id);
        if (owner != from) revert WrongOwner(from, owner);
        if (to == address(0)) revert ZeroAddress();
        if (msg.sender != owner && msg.sender != approvals[id] && !isApprovedForAll[owner][msg.sender]) {
            revert NotAllowed(msg.sender, id);
        }
        delete approvals[id];
        balances[from] -= 1;
        balances[to] += 1;
        owners[id] = to;
        emit Transfer(from, to, id);
    }

    function safeTransferFrom(address from, address to, uint256 id) external {
        safeTransferFrom(from, to, id, "");
    }

    function safeTransferFrom(address from, address to, uint256 id, bytes memory data) public {
        transferFrom(from, to, id);
        if (to.code.length == 0) return;
        bytes4 answer = Receiver(to).onERC721Received(msg.sender, from, id, data);
        if (answer != Receiver.onERC721Received.selector) revert ReceiverRefused(to);
    }

    function tokenURI(uint256 id) external view returns (string memory) {
        ownerOf(id);
        uint256 hue = uint256(keccak256(abi.encode(id))) % 360;
        string memory picture = string.concat(
            "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 8 8'><rect width='8' height='8' fill='hsl(",
            _decimal(hue),
            " 60% 55%)'/></svg>"
        );
        string memory json = string.concat(
            '{"name":"Tile ',
            _decimal(id),
            '","description":"A tile of the devnet. It is worth nothing.","image":"data:image/svg+xml;base64,',
            _base64(bytes(picture)),
            '","attributes":[{"trait_type":"Hue","value":',
            _decimal(hue),
            "}]}"
        );
        return string.concat("data:application/json;base64,", _base64(bytes(json)));
    }

    function supportsInterface(bytes4 id) external pure returns (bool) {
        return id == 0x01ffc9a7 || id == 0x80ac58cd || id == 0x5b5e139f;
    }

    function _decimal(uint256 value) private pure returns (string memory) {
        if (value < 10) return string(abi.encodePacked(bytes1(uint8(48 + value))));
        return string.concat(_decimal(value / 10), _decimal(value % 10));
    }

    function _base64(bytes memory data) private pure returns (string memory) {
        bytes memory letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        bytes memory text = new bytes(4 * ((data.length + 2) / 3));
        for (uint256 from = 0; from < data.length; from += 3) {
            uint256 group = 0;
            for (uint256 i = 0; i < 3; i++) {
                group = (group << 8) | (from + i < data.length ? uint8(data[from + i]) : 0);
            }
            for (uint256 i = 0; i < 4; i++) {
                bool isPadding = from + i > data.length;
                text[(from / 3) * 4 + i] = isPadding ? bytes1("=") : letters[(group >> (18 - 6 * i)) & 63];
            }
        }
        return string(text);
    }
}
