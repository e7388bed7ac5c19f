// SPDX-License-Identifier: GPL-3.0-or-later
#include "diff/spread_matches.h"

#include <algorithm>
#include <queue>

namespace diff {
namespace {

/// What a paired neighbour adds. What a layer reads tells more of it than who reads it.
constexpr float kProducer = 3, kConsumer = 2, kModelPort = 2;
/// Readers of a tensor beyond these are not looked at: a constant vote would be paid a hundredfold.
constexpr size_t kMostReaders = 8;

class Spreading {
public:
    Spreading(const Side& a, const Side& b, Pairings& pairings)
        : m_a(a), m_b(b), m_pairings(pairings) {}

    void run() {
        for (const int32_t layer : m_a.net.sequence)
            if (m_pairings.ofBaseline(layer) >= 0) offerAround(layer);
        offerFromInputs();
        while (!m_queue.empty()) {
            const Offer offer = m_queue.top();
            m_queue.pop();
            const AlignedPair& pair = offer.pair;
            if (m_pairings.ofBaseline(pair.baseline) >= 0 ||
                m_pairings.ofCandidate(pair.candidate) >= 0)
                continue;
            // Neighbours that were paired meanwhile made a new offer.
            m_pairings.add(pair);
            offerAround(pair.baseline);
        }
    }

private:
    struct Offer {
        float score;
        AlignedPair pair;
        /// Equal ones in the order of the baseline, so that equal graphs give equal answers.
        bool operator<(const Offer& other) const {
            if (score != other.score) return score < other.score;
            if (pair.baseline != other.pair.baseline) return pair.baseline > other.pair.baseline;
            return pair.candidate > other.pair.candidate;
        }
    };

    /// Sum of what paired neighbours say; 0: nothing speaks for the pair.
    float votes(const AlignedPair& pair) const {
        const auto& ofA = m_a.net.producersOf(pair.baseline);
        const auto& ofB = m_b.net.producersOf(pair.candidate);
        const size_t operands = std::min(ofA.size(), ofB.size());
        float inOrder = 0, turned = 0;
        for (size_t i = 0; i < operands; ++i) {
            inOrder += producerVote(ofA[i], ofB[i]);
            if (operands == 2) turned += producerVote(ofA[i], ofB[1 - i]);
        }
        float sum = std::max(inOrder, turned * 0.9f);
        const auto& readers = m_b.net.consumersOf(pair.candidate);
        size_t seen = 0;
        for (const int32_t reader : m_a.net.consumersOf(pair.baseline)) {
            if (++seen > kMostReaders) break;
            const int32_t other = m_pairings.ofBaseline(reader);
            if (other >= 0 && std::binary_search(readers.begin(), readers.end(), other))
                sum += kConsumer;
        }
        const int32_t slot = m_a.net.outputSlot[static_cast<size_t>(pair.baseline)];
        if (slot >= 0 && slot == m_b.net.outputSlot[static_cast<size_t>(pair.candidate)])
            sum += kModelPort;
        return sum;
    }

    float producerVote(int32_t a, int32_t b) const {
        if (a < 0) return a == b ? kModelPort : 0;
        return b >= 0 && m_pairings.ofBaseline(a) == b ? kProducer : 0;
    }

    void offer(int32_t a, int32_t b) {
        if (m_pairings.ofBaseline(a) >= 0 || m_pairings.ofCandidate(b) >= 0) return;
        if (!mayMatch(m_a.of(a), m_b.of(b))) return;
        const float said = votes({a, b});
        const float like = likeness(m_a.of(a), m_b.of(b));
        if (said > 0 && like > 0.5f) m_queue.push({said + 0.5f * like, {a, b}});
    }

    void offerAll(const std::vector<int32_t>& ofA, const std::vector<int32_t>& ofB) {
        const size_t a = std::min(ofA.size(), kMostReaders), b = std::min(ofB.size(), kMostReaders);
        for (size_t i = 0; i < a; ++i)
            for (size_t j = 0; j < b; ++j)
                if (ofA[i] >= 0 && ofB[j] >= 0) offer(ofA[i], ofB[j]);
    }

    void offerAround(int32_t layer) {
        const int32_t other = m_pairings.ofBaseline(layer);
        offerAll(m_a.net.consumersOf(layer), m_b.net.consumersOf(other));
        offerAll(m_a.net.producersOf(layer), m_b.net.producersOf(other));
    }

    void offerFromInputs() {
        std::vector<int32_t> ofA, ofB;
        const auto gather = [](const Side& side, std::vector<int32_t>& layers) {
            for (const int32_t layer : side.net.sequence) {
                const auto& producers = side.net.producersOf(layer);
                if (std::any_of(producers.begin(), producers.end(),
                                [](int32_t p) { return p < 0; }))
                    layers.push_back(layer);
            }
        };
        gather(m_a, ofA);
        gather(m_b, ofB);
        offerAll(ofA, ofB);
    }

    const Side &m_a, &m_b;
    Pairings& m_pairings;
    std::priority_queue<Offer> m_queue;
};

}  // namespace

void spread(const Side& baseline, const Side& candidate, Pairings& pairings) {
    Spreading(baseline, candidate, pairings).run();
}

}  // namespace diff
