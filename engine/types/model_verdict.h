// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// ModelVerdict: what an evaluation says about its model, in sentences that are read before any
// figure: does it fit the board, how fast is it, how right is it, and on what evidence. Window,
// command line and report print these.

#include <optional>
#include <string>
#include <vector>

#include "types/evaluation.h"

namespace types {

/// The latency of exactly the evaluated model, as a session measured it.
struct MeasuredLatency {
    double us = 0;
    std::string source;  ///< "board: measured, NUCLEO-F446RE, 180 MHz"
};

struct ModelVerdict {
    Verdict room = Verdict::Unknown;    ///< Unknown without a board
    std::string fit;                    ///< "Fits NUCLEO-F446RE, 97.0 KiB SRAM and ... to spare."
    std::string speed;                  ///< "36.0 ms ± 20 % predicted."
    std::string quality;                ///< "90.3 % right (87 to 93 %, n = 250)."
    std::vector<std::string> evidence;  ///< one sentence for each of them, and what to beware of

    std::string sentence() const { return fit + " " + speed + " " + quality; }
};

ModelVerdict modelVerdict(const Evaluation& evaluation,
                          const std::optional<MeasuredLatency>& measured = {});

}  // namespace types
