// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// SessionBuilder: collects a session while its log is read. Samples of one key and quantity form
// one measurement, in order; look-up takes constant time, so that logs of many thousand lines stay
// fast.

#include <string>
#include <unordered_map>

#include "types/session.h"

namespace importers {

/// Appends a line "key: value" to a note; does nothing for an empty value.
void addNote(std::string& note, const std::string& key, const std::string& value);
/// Returns the value of the line "key: value" in a note; empty where there is none.
std::string noteValue(const std::string& note, const std::string& key);

class SessionBuilder {
public:
    explicit SessionBuilder(std::string format) { m_session.format = std::move(format); }

    types::Conditions& conditions() { return m_session.conditions; }
    types::Session& session() { return m_session; }

    /// Returns the measurement of that key and quantity; creates it where there is none. The
    /// reference is valid until the next call.
    types::Measurement& at(const std::string& key, types::Quantity quantity);
    types::Measurement& atLayer(int32_t layer, const std::string& op, types::Quantity quantity);

    void add(const std::string& key, types::Quantity quantity, double sample) {
        at(key, quantity).samples.push_back(sample);
    }
    /// Adds a warning once; beyond 20 warnings only counts them.
    void warn(std::string sentence);
    /// Adds "key: value" to the notes of the conditions.
    void note(const std::string& key, const std::string& value) {
        addNote(m_session.conditions.notes, key, value);
    }

    types::Session take();

private:
    types::Session m_session;
    std::unordered_map<std::string, size_t> m_index;
    size_t m_moreWarnings = 0;
};

}  // namespace importers
