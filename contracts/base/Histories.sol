// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.28;

/// @notice One entry of an append-only history: one storage slot.
/// @param effective the second from which `value` holds
/// @param recorded the time of the block that recorded it
/// @param value a mask of roles or of scopes
/// @param account who recorded it; what a compromised account recorded is void
struct Entry {
    uint40 effective;
    uint40 recorded;
    uint16 value;
    address account;
}

/// @title Append-only histories
/// @notice The state at t is the value of the entry recorded last among those with
///         effective <= t. So a later entry also cancels what was scheduled before it.
library Histories {
    /// @notice An entry that may not reach back would take effect before this block.
    error EffectiveInPast(uint40 effective, uint40 blockTime);

    /// @notice Append `value`, in force from `effective` (0: this block's time).
    /// @return The second from which it is in force.
    function append(Entry[] storage history, uint16 value, uint40 effective)
        internal
        returns (uint40)
    {
        uint40 from = notBefore(effective);
        history.push(Entry(from, uint40(block.timestamp), value, msg.sender));
        return from;
    }

    /// @notice The value in force at `instant`, 0 when there is none yet.
    function at(Entry[] storage history, uint256 instant) internal view returns (uint16) {
        for (uint256 i = history.length; i > 0; --i) {
            Entry storage entry = history[i - 1];
            if (entry.effective <= instant) return entry.value;
        }
        return 0;
    }

    /// @notice The value recorded last, in force or not yet.
    function latest(Entry[] storage history) internal view returns (uint16) {
        return history[history.length - 1].value;
    }

    /// @notice `effective`, or this block's time when it is 0; refuses what lies in the past.
    function notBefore(uint40 effective) internal view returns (uint40) {
        uint40 nowTime = uint40(block.timestamp);
        if (effective == 0) return nowTime;
        if (effective < nowTime) revert EffectiveInPast(effective, nowTime);
        return effective;
    }

    /// @notice `effective`, or this block's time when it is 0; may reach back.
    function orNow(uint40 effective) internal view returns (uint40) {
        return effective == 0 ? uint40(block.timestamp) : effective;
    }
}
