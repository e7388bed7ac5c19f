// SPDX-License-Identifier: GPL-3.0-or-later
#include "diff/align_layers.h"

#include <algorithm>
#include <span>
#include <unordered_map>

namespace diff {
namespace {

using Sequence = std::span<const int32_t>;

/// Cells of one table; more are restricted to a band around the diagonal.
constexpr size_t kMostCells = 64'000'000;

/// Layers whose constants occur once in the graph, by these.
std::unordered_map<uint64_t, int32_t> uniqueConstants(const Side& side) {
    std::unordered_map<uint64_t, int32_t> unique;
    for (const int32_t layer : side.net.sequence) {
        const LayerFeatures& f = side.of(layer);
        if (!f.isLarge) continue;
        const auto [entry, isNew] = unique.emplace(f.constants, layer);
        if (!isNew) entry->second = -1;
    }
    return unique;
}

std::vector<AlignedPair> findAnchors(const Side& a, const Side& b) {
    const auto ofA = uniqueConstants(a), ofB = uniqueConstants(b);
    std::vector<AlignedPair> anchors;
    for (const int32_t layer : a.net.sequence) {
        const auto own = ofA.find(a.of(layer).constants);
        if (own == ofA.end() || own->second != layer) continue;
        const auto other = ofB.find(a.of(layer).constants);
        if (other == ofB.end() || other->second < 0) continue;
        if (mayMatch(a.of(layer), b.of(other->second))) anchors.push_back({layer, other->second});
    }
    return anchors;
}

std::vector<int32_t> placesOf(const Side& side) {
    std::vector<int32_t> places(side.net.size(), -1);
    for (size_t i = 0; i < side.net.sequence.size(); ++i)
        places[static_cast<size_t>(side.net.sequence[i])] = static_cast<int32_t>(i);
    return places;
}

/// The longest run of pairs, as places in both sequences, that ascends in both. `pairs` ascend in
/// the first.
std::vector<AlignedPair> longestAscending(const std::vector<AlignedPair>& pairs) {
    std::vector<int32_t> tails, before(pairs.size(), -1);
    for (size_t i = 0; i < pairs.size(); ++i) {
        const auto place = std::lower_bound(
            tails.begin(), tails.end(), pairs[i].candidate, [&](int32_t tail, int32_t value) {
                return pairs[static_cast<size_t>(tail)].candidate < value;
            });
        if (place != tails.begin()) before[i] = *(place - 1);
        if (place == tails.end())
            tails.push_back(static_cast<int32_t>(i));
        else
            *place = static_cast<int32_t>(i);
    }
    std::vector<AlignedPair> run;
    for (int32_t i = tails.empty() ? -1 : tails.back(); i >= 0; i = before[static_cast<size_t>(i)])
        run.push_back(pairs[static_cast<size_t>(i)]);
    std::reverse(run.begin(), run.end());
    return run;
}

/// The table of one gap, of which two rows of sums and all steps are kept.
class GapTable {
public:
    GapTable(const Side& a, Sequence ofA, const Side& b, Sequence ofB)
        : m_a(a), m_b(b), m_ofA(ofA), m_ofB(ofB) {
        const size_t rows = ofA.size(), columns = ofB.size();
        m_band = columns;
        if (rows * columns > kMostCells) m_band = std::max<size_t>(64, kMostCells / rows / 2);
        m_width = std::min(columns, 2 * m_band + 1);
        for (const int32_t layer : ofB)
            m_families.push_back(b.of(layer).family);
    }

    bool fill(const types::Work& work) {
        const size_t rows = m_ofA.size(), columns = m_ofB.size();
        m_steps.assign(rows * m_width, Skip::A);
        std::vector<float> above(columns + 1, 0), row(columns + 1, 0);
        for (size_t i = 0; i < rows; ++i) {
            if (i % 64 == 0 && work.isStopped()) return false;
            const size_t first = firstOf(i), last = std::min(columns, first + m_width);
            fillRow(i, first, last, above, row);
            // Outside of the band nothing more can be won.
            std::fill(row.begin() + static_cast<ptrdiff_t>(last) + 1, row.end(), row[last]);
            above.swap(row);
        }
        return true;
    }

    void read(std::vector<AlignedPair>& pairs) const {
        size_t i = m_ofA.size(), j = m_ofB.size();
        while (i > 0 && j > 0) {
            const size_t first = firstOf(i - 1), last = std::min(m_ofB.size(), first + m_width);
            if (j > last) {
                j = last;
                continue;
            }
            if (j <= first) {
                --i;
                continue;
            }
            const Skip step = m_steps[(i - 1) * m_width + (j - 1 - first)];
            if (step == Skip::None) pairs.push_back({m_ofA[i - 1], m_ofB[j - 1]});
            if (step != Skip::B) --i;
            if (step != Skip::A) --j;
        }
    }

private:
    enum class Skip : uint8_t { None, A, B };

    size_t firstOf(size_t row) const {
        const size_t middle = row * m_ofB.size() / m_ofA.size();
        const size_t first = middle > m_band ? middle - m_band : 0;
        return std::min(first, m_ofB.size() - m_width);
    }

    void fillRow(size_t i, size_t first, size_t last, const std::vector<float>& above,
                 std::vector<float>& row) {
        const LayerFeatures& own = m_a.of(m_ofA[i]);
        row[first] = above[first];
        Skip* step = m_steps.data() + i * m_width;
        for (size_t j = first; j < last; ++j, ++step) {
            float best = above[j + 1];
            *step = Skip::A;
            if (row[j] > best) {
                best = row[j];
                *step = Skip::B;
            }
            if (m_families[j] == own.family) {
                const float sum = above[j] + likeness(own, m_b.of(m_ofB[j]));
                if (sum > best) {
                    best = sum;
                    *step = Skip::None;
                }
            }
            row[j + 1] = best;
        }
    }

    const Side &m_a, &m_b;
    Sequence m_ofA, m_ofB;
    size_t m_band = 0, m_width = 0;
    std::vector<int32_t> m_families;  ///< of m_ofB, side by side: most cells need no more
    std::vector<Skip> m_steps;
};

}  // namespace

Aligned alignLayers(const Side& a, const Side& b, const types::Work& work) {
    Aligned aligned;
    aligned.anchors = findAnchors(a, b);
    const auto placesA = placesOf(a), placesB = placesOf(b);
    std::vector<bool> isDoneA(a.net.size(), false), isDoneB(b.net.size(), false);
    std::vector<AlignedPair> places;
    for (const AlignedPair& pair : aligned.anchors) {
        isDoneA[static_cast<size_t>(pair.baseline)] = true;
        isDoneB[static_cast<size_t>(pair.candidate)] = true;
        places.push_back({placesA[static_cast<size_t>(pair.baseline)],
                          placesB[static_cast<size_t>(pair.candidate)]});
    }
    places = longestAscending(places);
    places.push_back(
        {static_cast<int32_t>(a.net.sequence.size()), static_cast<int32_t>(b.net.sequence.size())});
    const auto open = [](const Side& side, const std::vector<bool>& isDone, int32_t from,
                         int32_t to) {
        std::vector<int32_t> layers;
        for (int32_t i = from; i < to; ++i)
            if (const int32_t layer = side.net.sequence[static_cast<size_t>(i)];
                !isDone[static_cast<size_t>(layer)])
                layers.push_back(layer);
        return layers;
    };
    AlignedPair from{0, 0};
    for (const AlignedPair& to : places) {
        const auto ofA = open(a, isDoneA, from.baseline, to.baseline);
        const auto ofB = open(b, isDoneB, from.candidate, to.candidate);
        from = {to.baseline + 1, to.candidate + 1};
        if (ofA.empty() || ofB.empty()) continue;
        GapTable table(a, ofA, b, ofB);
        if (!table.fill(work)) return aligned;
        table.read(aligned.pairs);
    }
    return aligned;
}

}  // namespace diff
