// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The flags that make a Variation. A document (--variation) comes first, flags beside it change it.
// Words and limits are those of types/knob_domain.h.

#include <CLI/CLI.hpp>
#include <functional>
#include <string>
#include <vector>

#include "types/knob_domain.h"
#include "types/result.h"
#include "types/variation.h"

namespace app {

/// Takes the numbers that a knob may be; help shows "FLOAT in (0, 1]".
CLI::Validator within(const types::Limits& limits, const char* type);

class VariationFlags {
public:
    void addTo(CLI::App& command);

    /// What document and flags say together; an Error where the document cannot be read.
    types::Result<types::Variation> read() const;

private:
    using Edit = std::function<void(types::Variation&)>;

    void addChannelFlags(CLI::App& command);
    void addQuantizeFlags(CLI::App& command);
    void addLayerFlag(CLI::App& command);
    /// A flag with a value: `edit(variation, value)` carries it out.
    template <typename Value, typename Change>
    CLI::Option* addValue(CLI::App& command, const std::string& name, const std::string& help,
                          Change change);
    /// A flag with one word of a table (types/knob_domain.h).
    template <typename Words, typename Change>
    void addWord(CLI::App& command, const std::string& name, const std::string& help,
                 const Words& words, Change change);
    void addSwitch(CLI::App& command, const std::string& name, const std::string& help,
                   void (*change)(types::Variation&));

    std::string m_document;
    std::vector<Edit> m_edits;  ///< in the order of the command line
};

}  // namespace app
