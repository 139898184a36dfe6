//// weak: as the rule has it
contract A { mapping(address => uint256) public held; function take() external { payable(msg.sender).transfer(held[msg.sender]); held[msg.sender] = 0; } }
//// safe: the same without it
contract A { mapping(address => uint256) public held; function take() external { uint256 amount = held[msg.sender]; held[msg.sender] = 0; payable(msg.sender).transfer(amount); } }
