// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The JSON document of a ModelDiff, version 1. Units as in types/model_diff.h; a value that is not
// known is null with NAME_reason beside it; differences are candidate minus baseline; layers are
// operator indices of their side.
//
//     {
//       "netcaliper_diff": 1,
//       "baseline": { "name", "model", "variation", "sha256", "layers" }, "candidate": { ... },
//       "device": "nucleo-f446re",
//       "verdict": { "better": "candidate|baseline|equal|unclear|unknown", "sentence",
//                    "evidence": [], "cannot_say": [] },
//       "totals": { "latency_us": { "baseline", "baseline_low", "baseline_high", "candidate", ...,
//                                   "difference", "difference_low", "difference_high", "percent",
//                                   "outcome", "evidence", "samples" }, ... },
//       "totals_delta": { "macs", "params", "flash_bytes", ... },
//       "fits": { "baseline": true, "candidate": null },
//       "matched": [ { "a": 3, "b": 4, "kind": "same|weights|shape|precision|fused|split" } ],
//       "added": [ 0 ], "removed": [ 7, 8 ],
//       "layers": [ { "baseline": [ 3 ], "candidate": [ 4 ], "kind", "evidence", "changes": [],
//                     "why", "op", "name", "output",
//                     "macs": { "baseline", "candidate", "difference" }, "params", "weight_bytes",
//                     "live_bytes", "latency_us", "energy_uj" } ],
//       "memory": { "baseline": { "runtime", "arena_bytes", "peak_op",
//                   "buffers": [ { "tensor", "size", "offset", "first_op", "last_op" } ] }, ... }
//     }
//
// "matched" has one entry per pair: fused layers have one b in common, split ones one a. "layers"
// has one entry per match and per layer without counterpart, whose "kind" is null. "op", "name" and
// "output" are { "baseline", "candidate" }.

#include <string>

#include "types/model_diff.h"

namespace diff {

constexpr int kDiffVersion = 1;

std::string documentText(const types::ModelDiff& diff);

}  // namespace diff
