//// weak: in a comment
pragma solidity 0.6.12;
contract A { /* ‮ */ uint256 public value; }
//// weak: in a text
contract A { string public word = unicode"a⁦b"; }
//// safe: Chinese
contract A { /* 余额 */ uint256 public value; }
//// safe: plain
contract A { string public word = "a"; }
