// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Memo: values by key. The first thread that asks for a key makes its value; threads that ask for
// the same key meanwhile wait for it.
//
// Thread rules: many threads.

#include <algorithm>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>

#include "types/result.h"

namespace types {

template <typename Key, typename Value>
class Memo {
public:
    /// `make` returns a Result<Value>. An Error is not kept: a stopped computation may be asked for
    /// again.
    template <typename Make>
    Result<Value> get(const Key& key, Make&& make) {
        const std::shared_ptr<Entry> entry = entryOf(key);
        const std::scoped_lock lock(entry->mutex);
        if (entry->value) return *entry->value;
        Result<Value> made = make();
        if (made) entry->value = *made;
        return made;
    }

    /// Forgets all but the `most` values that were asked for last.
    void keep(size_t most) {
        const std::scoped_lock lock(m_mutex);
        while (m_entries.size() > most)
            m_entries.erase(std::ranges::min_element(
                m_entries, {}, [](const auto& entry) { return entry.second->asked; }));
    }

private:
    struct Entry {
        std::mutex mutex;
        std::optional<Value> value;
        int64_t asked = 0;  ///< when it was asked for last; guarded by m_mutex
    };

    std::shared_ptr<Entry> entryOf(const Key& key) {
        const std::scoped_lock lock(m_mutex);
        auto& known = m_entries[key];
        if (!known) known = std::make_shared<Entry>();
        known->asked = ++m_asked;
        return known;
    }

    std::mutex m_mutex;
    std::map<Key, std::shared_ptr<Entry>> m_entries;
    int64_t m_asked = 0;
};

}  // namespace types
