// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// BandIndex: finds what lies between two heights of a tall picture. Items lie in bands of their own
// size, so long ones cost no more than short ones.

#include <algorithm>
#include <cmath>
#include <vector>

namespace views {

class BandIndex {
public:
    /// 0 <= top <= bottom.
    void add(int item, double top, double bottom) {
        size_t level = 0;
        double size = kSmallest;
        for (; size < bottom - top; size *= 2)
            ++level;
        if (m_levels.size() <= level) m_levels.resize(level + 1);
        const size_t band = bandAt(top, size);
        if (m_levels[level].size() <= band) m_levels[level].resize(band + 1);
        m_levels[level][band].push_back({item, top, bottom});
    }

    /// Calls `visit(item)` for what touches [top, bottom], each once.
    template <typename Visit>
    void each(double top, double bottom, Visit visit) const {
        double size = kSmallest;
        for (const auto& bands : m_levels) {
            // An item reaches at most into the band below its own.
            const size_t first = bandAt(std::max(0.0, top - size), size);
            const size_t last = bandAt(std::max(0.0, bottom), size);
            for (size_t band = first; band <= last && band < bands.size(); ++band)
                for (const Entry& entry : bands[band])
                    if (entry.bottom >= top && entry.top <= bottom) visit(entry.item);
            size *= 2;
        }
    }

private:
    static constexpr double kSmallest = 256;
    struct Entry {
        int item;
        double top, bottom;
    };
    static size_t bandAt(double y, double size) { return static_cast<size_t>(y / size); }

    std::vector<std::vector<std::vector<Entry>>> m_levels;
};

}  // namespace views
