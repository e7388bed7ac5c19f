// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// decideOnce(): what calibration data decide for a variation alone (which channels matter least,
// which repairs its quantization needs) is decided once for all variations of a sweep, by trying it
// on one in the middle. Trying takes several times as long as evaluating, and variations of one
// model on one dataset mostly agree. The decisions are part of each variation, which can be
// evaluated alone with the same result.

#include <map>
#include <string>
#include <vector>

#include "search/sweep/sweep_subject.h"
#include "types/work.h"

namespace search {

struct Decisions {
    struct Repairs {
        bool equalize = false, correctBias = false;
    };

    bool hasData = false;                             ///< without them nothing is set
    std::optional<types::ImportanceMeasure> measure;  ///< empty: nothing was open
    std::map<types::Precision, Repairs> repairs;      ///< of the precisions that were open

    /// Sets the knobs that are open; where the scope is, every layer loses the same share.
    void settle(types::Variation& variation) const;
    std::string text() const;
};

/// Without data nothing is open. `variations` are those of the sweep, or examples of them.
types::Result<Decisions> decideOnce(const SweepSubject& subject,
                                    const std::vector<types::Variation>& variations,
                                    const types::Work& work);

}  // namespace search
