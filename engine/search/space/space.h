// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Space: the variations that a sweep or search may try, as a JSON document:
//
//     {
//       "width": { "from": 0.3, "to": 1.0, "steps": 40 },
//       "prune": { "values": [0, 0.25, 0.5] },
//       "quantize": { "values": ["int8", "int16x8"] },
//       "train": { "epochs": 5 },
//       "layers": { "3": { "width": { "values": [0.5, 1.0] } },
//                   "*": { "precision": { "values": [null, "int8w4"] } } },
//       "conditions": [ { "if": { "quantize": "int16x8" },
//                         "then": { "width": { "from": 0.5, "to": 1 } } } ],
//       "draw": "grid", "count": 0, "seed": 1
//     }
//
// Knobs are those of a variation's document, in the same nesting; "prune" and "quantize" may also
// hold the share of channels and a scheme of the command line. A knob has one value, a list of
// "values" (null: not set), or "from" and "to", both included, in "steps"; without steps a range
// has kFineSteps, which only a draw takes. Layer "*" stands for every layer that the knob acts on,
// each with a choice of its own. A variation that matches all of an "if" must match all of its
// "then".
//
// A point is one index into the choices of each dimension. Thread rules: immutable.

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "types/graph.h"
#include "types/result.h"
#include "types/variation.h"

namespace search {

inline constexpr int32_t kFineSteps = 1001;

struct KnobChoice {
    types::Variation variation;    ///< with this knob set
    std::string text;              ///< JSON of the value
    std::optional<double> number;  ///< of a numeric value
};

/// One knob with its choices.
struct Dimension {
    std::string path;  ///< "width", "quantize.precision", "layers.3.width"
    std::vector<KnobChoice> choices;
    /// Copies the knob from a choice.
    std::function<void(const types::Variation& from, types::Variation& to)> copy;
    bool isFine = false;  ///< a range without steps
};

enum class DrawKind : int8_t { Grid, Random, Sobol };

using Point = std::vector<int32_t>;

class Space {
public:
    /// `name`: origin of the text, for errors, which name the place in the document.
    static types::Result<Space> parse(const std::string& text, const std::string& name,
                                      const types::GraphPtr& graph);
    /// What a search varies where no document is given: the channels pruned in the model and in every
    /// channel group, precisions, and the input size where the model's may change.
    static types::Result<Space> usual(const types::GraphPtr& graph);

    const std::vector<Dimension>& dimensions() const { return m_dimensions; }
    /// Number of points, conditions aside.
    double size() const;
    bool allows(const Point& point) const;
    types::Variation at(const Point& point) const;

    DrawKind draw() const { return m_draw; }
    int64_t count() const { return m_count; }
    uint64_t seed() const { return m_seed; }
    /// The document without spaces, keys in order: equal spaces have equal texts.
    const std::string& text() const { return m_text; }

private:
    friend class SpaceReader;

    struct Clause {
        size_t dimension = 0;
        std::vector<bool> holds;  ///< per choice
    };
    struct Condition {
        std::vector<Clause> given, wanted;
    };

    std::vector<Dimension> m_dimensions;
    std::vector<Condition> m_conditions;
    DrawKind m_draw = DrawKind::Grid;
    int64_t m_count = 0;
    uint64_t m_seed = 1;
    std::string m_text;
};

}  // namespace search
