//// weak: minus
contract A { int256 public value; function lower() external { value =-1; } }
//// weak: minus a variable
contract A { int256 public value; function lower(int256 by) external { value =-by; } }
//// safe: with a space
contract A { int256 public value; function set() external { value = -1; } }
//// safe: the operator
contract A { int256 public value; function lower() external { value -= 1; } }
