// SPDX-License-Identifier: GPL-3.0-or-later
#include "diff/gather_matches.h"

#include <algorithm>
#include <map>
#include <set>

#include "types/op_traits.h"

namespace diff {
namespace {

using namespace types;

/// A layer that is split into more parts is hardly one.
constexpr size_t kMostParts = 64;

/// One side, as it looks at the other.
struct Face {
    const Side* side = nullptr;
    std::vector<int32_t> group;  ///< of each layer; -1: none yet

    bool isFree(int32_t layer) const { return group[static_cast<size_t>(layer)] < 0; }
    int32_t groupOf(int32_t layer) const {
        return layer < 0 ? -1 : group[static_cast<size_t>(layer)];
    }
    const LayerNet& net() const { return side->net; }
    const Op& op(int32_t layer) const { return side->net.op(layer); }
};

std::optional<Activation> activationOfKind(OpKind kind) {
    switch (kind) {
        case OpKind::RELU:
            return Activation::Relu;
        case OpKind::RELU6:
            return Activation::Relu6;
        case OpKind::RELU_N1_TO_1:
            return Activation::ReluN1To1;
        case OpKind::TANH:
            return Activation::Tanh;
        default:
            return std::nullopt;
    }
}

bool isArithmetic(OpKind kind) {
    return kind == OpKind::ADD || kind == OpKind::SUB || kind == OpKind::MUL || kind == OpKind::DIV;
}

bool isDilated(const Op& op) {
    const auto* window = std::get_if<WindowOptions>(&op.options);
    return window && (window->dilationHeight > 1 || window->dilationWidth > 1);
}

bool differsInPadding(const Op& a, const Op& b) {
    const auto* first = std::get_if<WindowOptions>(&a.options);
    const auto* second = std::get_if<WindowOptions>(&b.options);
    return first && second && first->padding != second->padding;
}

class Gathering {
public:
    Gathering(const Side& baseline, const Side& candidate, Pairings& pairings)
        : m_pairings(pairings) {
        m_baseline = {&baseline, std::vector<int32_t>(baseline.net.size(), -1)};
        m_candidate = {&candidate, std::vector<int32_t>(candidate.net.size(), -1)};
    }

    std::vector<LayerMatch> run() {
        pairLinks();
        for (size_t i = 0; i < m_baseline.net().size(); ++i)
            if (const int32_t other = m_pairings.ofBaseline(static_cast<int32_t>(i)); other >= 0)
                begin({static_cast<int32_t>(i)}, {other}, MatchKind::Same);
        fold(m_baseline, m_candidate);
        fold(m_candidate, m_baseline);
        findParts(m_baseline, m_candidate);
        findParts(m_candidate, m_baseline);
        for (const bool isBaseline : {true, false}) {
            Face& face = isBaseline ? m_baseline : m_candidate;
            for (size_t i = 0; i < face.net().size(); ++i)
                if (const auto layer = static_cast<int32_t>(i); face.isFree(layer))
                    isBaseline ? begin({layer}, {}, MatchKind::Same)
                               : begin({}, {layer}, MatchKind::Same);
        }
        return std::move(m_matches);
    }

private:
    void begin(std::vector<int32_t> baseline, std::vector<int32_t> candidate, MatchKind kind) {
        const auto group = static_cast<int32_t>(m_matches.size());
        for (const int32_t layer : baseline)
            m_baseline.group[static_cast<size_t>(layer)] = group;
        for (const int32_t layer : candidate)
            m_candidate.group[static_cast<size_t>(layer)] = group;
        m_matches.push_back(
            {std::move(baseline), std::move(candidate), kind, MatchEvidence::Structure, {}});
    }

    std::vector<int32_t>& layersOf(const Face& face, int32_t group) {
        LayerMatch& match = m_matches[static_cast<size_t>(group)];
        return &face == &m_baseline ? match.baseline : match.candidate;
    }

    void join(Face& face, int32_t layer, int32_t group) {
        face.group[static_cast<size_t>(layer)] = group;
        layersOf(face, group).push_back(layer);
        m_matches[static_cast<size_t>(group)].kind =
            &face == &m_baseline ? MatchKind::Fused : MatchKind::Split;
    }

    // --- what was folded into a layer ---

    void fold(Face& face, const Face& other) {
        for (const int32_t layer : face.net().sequence)
            if (face.isFree(layer)) foldBehind(face, other, layer);
        // Backwards, because a PAD may stand before another folded operator.
        const auto& sequence = face.net().sequence;
        for (auto layer = sequence.rbegin(); layer != sequence.rend(); ++layer)
            if (face.isFree(*layer)) foldBefore(face, other, *layer);
    }

    /// True for a group that has the face's other side and no parts there.
    bool isWhole(const Face& other, int32_t group) {
        return group >= 0 && layersOf(other, group).size() == 1;
    }

    void foldBehind(Face& face, const Face& other, int32_t layer) {
        const auto& producers = face.net().producersOf(layer);
        if (producers.size() != 1 || producers[0] < 0) return;
        const int32_t group = face.groupOf(producers[0]);
        if (!isWhole(other, group) || face.net().consumersOf(producers[0]).size() != 1) return;
        const int32_t main = layersOf(face, group).front(), single = layersOf(other, group).front();
        if (isFoldedBehind(face, other, layer, main, single)) join(face, layer, group);
    }

    static bool isFoldedBehind(const Face& face, const Face& other, int32_t layer, int32_t main,
                               int32_t single) {
        const Op &op = face.op(layer), &own = face.op(main), &whole = other.op(single);
        if (const auto activation = activationOfKind(op.kind))
            return activationOf(own.options) == Activation::None &&
                   activationOf(whole.options) == *activation;
        if (op.kind == OpKind::BATCH_TO_SPACE_ND) return isDilated(whole) && !isDilated(own);
        const LayerFeatures &a = face.side->of(main), &b = other.side->of(single);
        return isArithmetic(op.kind) && weightsOf(face.net(), layer) >= 0 && a.constants != 0 &&
               b.constants != 0 && a.constants != b.constants;
    }

    void foldBefore(Face& face, const Face& other, int32_t layer) {
        const OpKind kind = face.op(layer).kind;
        const bool pads = kind == OpKind::PAD || kind == OpKind::PADV2;
        if (!pads && kind != OpKind::SPACE_TO_BATCH_ND) return;
        const auto& consumers = face.net().consumersOf(layer);
        if (consumers.size() != 1) return;
        const int32_t group = face.groupOf(consumers[0]);
        if (!isWhole(other, group)) return;
        const Op& own = face.op(layersOf(face, group).front());
        const Op& whole = other.op(layersOf(other, group).front());
        if (pads ? differsInPadding(own, whole) : isDilated(whole) && !isDilated(own))
            join(face, layer, group);
    }

    // --- one layer of `face`, several of `other` ---

    void findParts(Face& face, Face& other) {
        for (const int32_t layer : face.net().sequence) {
            const int32_t group = face.groupOf(layer);
            if (group >= 0 && (!isWhole(other, group) || layersOf(face, group).size() != 1))
                continue;
            const auto parts = partsOf(face, other, layer, group);
            if (parts.empty()) continue;
            if (group < 0) {
                const bool isBaseline = &face == &m_baseline;
                std::vector<int32_t> one{layer};
                isBaseline ? begin(one, parts, MatchKind::Split)
                           : begin(parts, one, MatchKind::Fused);
                continue;
            }
            for (const int32_t part : parts)
                if (other.isFree(part)) join(other, part, group);
        }
    }

    /// What the layer reads (or is read by) on the other side: groups, and model inputs as
    /// asProducer().
    std::set<int32_t> groupsOf(const Face& face, const std::vector<int32_t>& layers) const {
        std::set<int32_t> groups;
        for (const int32_t layer : layers)
            groups.insert(layer < 0                 ? layer
                          : face.groupOf(layer) < 0 ? kNoGroup
                                                    : face.groupOf(layer));
        return groups;
    }

    static constexpr int32_t kNoGroup = INT32_MIN;

    /// The connected set of free layers (and the paired one) that stands for `layer`; empty where
    /// there is none, or it is a single one.
    std::vector<int32_t> partsOf(const Face& face, const Face& other, int32_t layer,
                                 int32_t group) {
        const auto reads = groupsOf(face, face.net().producersOf(layer));
        const auto readers = groupsOf(face, face.net().consumersOf(layer));
        if (reads.contains(kNoGroup) || readers.contains(kNoGroup) || reads.empty()) return {};
        const auto isPart = [&](int32_t l) {
            return other.isFree(l) || (group >= 0 && other.groupOf(l) == group);
        };
        std::vector<int32_t> parts;
        const auto visit = [&](int32_t l) {
            if (isPart(l) && std::ranges::count(parts, l) == 0) parts.push_back(l);
        };
        if (group >= 0) {
            visit(layersOf(other, group).front());
        } else {
            for (const int32_t l : firstReaders(other, reads))
                visit(l);
        }
        for (size_t i = 0; i < parts.size(); ++i) {
            if (parts.size() > kMostParts) return {};
            for (const int32_t reader : other.net().consumersOf(parts[i]))
                visit(reader);
            for (const int32_t producer : other.net().producersOf(parts[i]))
                if (producer >= 0) visit(producer);
        }
        return standsFor(face, other, layer, group, parts, reads, readers) ? parts
                                                                           : std::vector<int32_t>{};
    }

    /// The free layers that read what `layer` reads.
    std::vector<int32_t> firstReaders(const Face& other, const std::set<int32_t>& reads) {
        std::vector<int32_t> found;
        for (const int32_t group : reads) {
            if (group < 0) {
                for (const int32_t l : other.net().sequence)
                    if (other.isFree(l) && std::ranges::count(other.net().producersOf(l), group))
                        found.push_back(l);
                continue;
            }
            for (const int32_t source : layersOf(other, group))
                for (const int32_t l : other.net().consumersOf(source))
                    if (other.isFree(l)) found.push_back(l);
        }
        return found;
    }

    bool standsFor(const Face& face, const Face& other, int32_t layer, int32_t group,
                   const std::vector<int32_t>& parts, const std::set<int32_t>& reads,
                   const std::set<int32_t>& readers) const {
        if (parts.size() < 2) return false;
        std::vector<int32_t> alike;
        for (const int32_t part : parts) {
            if (mayMatch(face.side->of(layer), other.side->of(part))) alike.push_back(part);
            const auto isInside = [group](int32_t g) { return g == kNoGroup || g == group; };
            for (const int32_t g : groupsOf(other, other.net().producersOf(part)))
                if (!isInside(g) && !reads.contains(g)) return false;
            for (const int32_t g : groupsOf(other, other.net().consumersOf(part)))
                if (!isInside(g) && !readers.contains(g)) return false;
        }
        if (group < 0 && isCalling(face.op(layer))) return true;
        return alike.size() > 1 && areSideBySide(other, parts, alike) &&
               std::ranges::all_of(alike, [&](int32_t part) {
                   return weightCount(other, part) > 0 &&
                          weightCount(other, part) <= weightCount(face, layer);
               });
    }

    static int64_t weightCount(const Face& face, int32_t layer) {
        const int32_t t = weightsOf(face.net(), layer);
        return t < 0 ? 0 : face.net().graph->tensor(t).elements();
    }

    /// False where one of the alike parts reads from another, as the layers of a dropped block do.
    static bool areSideBySide(const Face& other, const std::vector<int32_t>& parts,
                              const std::vector<int32_t>& alike) {
        for (const int32_t start : alike) {
            std::vector<int32_t> above{start};
            for (size_t i = 0; i < above.size(); ++i)
                for (const int32_t producer : other.net().producersOf(above[i])) {
                    if (std::ranges::count(alike, producer)) return false;
                    if (std::ranges::count(parts, producer) && !std::ranges::count(above, producer))
                        above.push_back(producer);
                }
        }
        return true;
    }

    static bool isCalling(const Op& op) {
        return std::holds_alternative<SubgraphOptions>(op.options) || isCustom(op.kind);
    }

    // --- links ---

    struct Link {
        int32_t producer = kNoGroup;  ///< layer, or asProducer(); kNoGroup: a constant
        std::set<int32_t> readers;    ///< layers, or asProducer(slot) for outputs
    };

    static std::map<int32_t, Link> linksOf(const LayerNet& net) {
        std::map<int32_t, Link> links;
        const Graph& graph = *net.graph;
        const auto walk = [&](int32_t tensor, int32_t reader) {
            for (;;) {
                if (tensor < 0) return;
                const int32_t by = net.writer[static_cast<size_t>(tensor)];
                if (by < 0 || !net.isLink[static_cast<size_t>(by)]) return;
                links[by].readers.insert(reader);
                tensor = net.op(by).input(0);
            }
        };
        for (size_t i = 0; i < net.size(); ++i) {
            const auto layer = static_cast<int32_t>(i);
            if (net.isLink[i]) {
                const auto& producers = net.producers[i];
                links[layer].producer = producers.empty() ? kNoGroup : producers[0];
                continue;
            }
            for (const int32_t t : graph.ops[i].inputs)
                walk(t, layer);
        }
        for (size_t i = 0; i < graph.outputs.size(); ++i)
            walk(graph.outputs[i], asProducer(static_cast<int32_t>(i)));
        return links;
    }

    /// The candidate's layer, or the same model input or output; kNoGroup: there is none.
    int32_t translated(int32_t layer) const {
        if (layer < 0) return layer;
        const int32_t other = m_pairings.ofBaseline(layer);
        return other < 0 ? kNoGroup : other;
    }

    void pairLinks() {
        const auto ofBaseline = linksOf(m_baseline.net()), ofCandidate = linksOf(m_candidate.net());
        std::multimap<int32_t, int32_t> byProducer;
        for (const auto& [link, facts] : ofCandidate)
            byProducer.emplace(facts.producer, link);
        for (const auto& [link, facts] : ofBaseline) {
            if (facts.producer >= 0 && translated(facts.producer) == kNoGroup) continue;
            const auto [first, last] = byProducer.equal_range(translated(facts.producer));
            for (auto entry = first; entry != last; ++entry) {
                const int32_t other = entry->second;
                if (m_baseline.op(link).name() != m_candidate.op(other).name()) continue;
                const auto& readers = ofCandidate.at(other).readers;
                const bool shares = std::any_of(
                    facts.readers.begin(), facts.readers.end(),
                    [&](int32_t reader) { return readers.contains(translated(reader)); });
                if (shares && m_pairings.add({link, other})) break;
            }
        }
    }

    Pairings& m_pairings;
    Face m_baseline, m_candidate;
    std::vector<LayerMatch> m_matches;
};

}  // namespace

std::vector<LayerMatch> gatherMatches(const Side& baseline, const Side& candidate,
                                      Pairings& pairings) {
    return Gathering(baseline, candidate, pairings).run();
}

}  // namespace diff
