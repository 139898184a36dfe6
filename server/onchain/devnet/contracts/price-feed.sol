// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

/// @title A price that one reporter posts, read as Chainlink's AggregatorV3Interface.
contract PriceFeed {
    struct Round {
        int256 answer;
        uint256 postedAt;
    }

    uint8 public constant decimals = 8;
    uint256 public constant version = 4;
    string public description;
    address public immutable reporter;
    Round[] private rounds;

    event AnswerUpdated(int256 indexed current, uint256 indexed roundId, uint256 updatedAt);
    event NewRound(uint256 indexed roundId, address indexed startedBy, uint256 startedAt);

    error NotReporter();
    error NoData();

    constructor(string memory description_, address reporter_) {
        description = description_;
        reporter = reporter_;
    }

    function post(int256 answer) external {
        if (msg.sender != reporter) revert NotReporter();
        rounds.push(Round(answer, block.timestamp));
        emit NewRound(rounds.length, msg.sender, block.timestamp);
        emit AnswerUpdated(answer, rounds.length, block.timestamp);
    }

    function latestRoundData() external view returns (uint80, int256, uint256, uint256, uint80) {
        return getRoundData(uint80(rounds.length));
    }

    function getRoundData(uint80 roundId)
        public
        view
        returns (uint80, int256 answer, uint256 startedAt, uint256 updatedAt, uint80 answeredInRound)
    {
        if (roundId == 0 || roundId > rounds.length) revert NoData();
        Round storage round = rounds[roundId - 1];
        return (roundId, round.answer, round.postedAt, round.postedAt, roundId);
    }
}
