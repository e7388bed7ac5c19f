// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The flags of a Variation. A document (--variation) is read first; flags change it. Words and
// limits are those of types/knob_domain.h.

#include <CLI/CLI.hpp>
#include <functional>
#include <string>
#include <vector>

#include "types/knob_domain.h"
#include "types/result.h"
#include "types/variation.h"

namespace app {

/// Accepts the legal numbers of a knob; help shows "FLOAT in (0, 1]".
CLI::Validator within(const types::Limits& limits, const char* type);

class VariationFlags {
public:
    void addTo(CLI::App& command);
    /// Adds the flags of training alone.
    void addTrainingTo(CLI::App& command) { addTrainFlags(command); }
    /// Adds the flags of the schedule alone.
    void addScheduleTo(CLI::App& command) { addScheduleFlags(command); }

    /// Returns the combined variation of document and flags; an Error where the document cannot be
    /// read.
    types::Result<types::Variation> read() const;

private:
    using Edit = std::function<void(types::Variation&)>;

    void addRewriteFlags(CLI::App& command);
    void addChannelFlags(CLI::App& command);
    void addQuantizeFlags(CLI::App& command);
    void addCompressFlags(CLI::App& command);
    void addTrainFlags(CLI::App& command);
    void addScheduleFlags(CLI::App& command);
    void addLayerFlag(CLI::App& command);
    /// Adds a flag with a value, applied by `edit(variation, value)`.
    template <typename Value, typename Change>
    CLI::Option* addValue(CLI::App& command, const std::string& name, const std::string& help,
                          Change change);
    /// Adds a flag whose value is one word of a table (types/knob_domain.h).
    template <typename Words, typename Change>
    void addWord(CLI::App& command, const std::string& name, const std::string& help,
                 const Words& words, Change change);
    /// The same, with the word "auto" for a knob that is not set.
    template <typename Words, typename Change>
    void addWordOrAuto(CLI::App& command, const std::string& name, const std::string& help,
                       const Words& words, Change change);
    /// Adds the flags --NAME and --no-NAME for a knob that is on, off or not set.
    void addTriState(CLI::App& command, const std::string& name, const std::string& help,
                     std::optional<bool>& (*knob)(types::Variation&));
    void addSwitch(CLI::App& command, const std::string& name, const std::string& help,
                   void (*change)(types::Variation&));

    std::string m_document;
    std::vector<Edit> m_edits;  ///< in the order of the command line
};

}  // namespace app
