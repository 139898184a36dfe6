//// weak: 0.4
pragma solidity ^0.4.24;
contract A { }
//// weak: 0.7
pragma solidity 0.7.6;
contract A { }
//// safe: 0.8
pragma solidity 0.8.37;
contract A { }
//// safe: a range within 0.8
pragma solidity >=0.8.4 <0.9.0;
contract A { }
