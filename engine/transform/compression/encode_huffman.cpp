// SPDX-License-Identifier: GPL-3.0-or-later
// Huffman codes as TFLM_DECODE reads them: a tree of look-up tables. Nodes of the code tree become
// tables of 2^b entries, where b is chosen for each so that all tables together are smallest.
#include <algorithm>
#include <array>
#include <deque>
#include <map>
#include <queue>

#include "transform/compression/encode.h"

namespace transform {
namespace {

using types::DataType;

/// Wider look-ups than this never make tables smaller.
constexpr size_t kMaxLookup = 8;

struct Node {
    std::array<int32_t, 2> children{-1, -1};  ///< -1: a leaf
    uint32_t symbol = 0;
    size_t lookup = 1;   ///< bits of its table
    size_t entries = 0;  ///< of its table and all below

    bool isLeaf() const { return children[0] < 0; }
};

class CodeTree {
public:
    explicit CodeTree(const std::map<uint32_t, uint64_t>& counts) {
        using Open = std::pair<uint64_t, int32_t>;
        std::priority_queue<Open, std::vector<Open>, std::greater<>> open;
        const auto add = [&](Node node, uint64_t count) {
            m_nodes.push_back(node);
            open.emplace(count, static_cast<int32_t>(m_nodes.size()) - 1);
        };
        for (const auto& [symbol, count] : counts)
            add({.symbol = symbol}, count);
        // A code needs a bit: a lone symbol stands at both.
        if (counts.size() == 1) add(m_nodes[0], 0);
        while (open.size() > 1) {
            const auto first = open.top();
            open.pop();
            const auto second = open.top();
            open.pop();
            add({.children = {first.second, second.second}}, first.first + second.first);
        }
        // Children stand before their parents.
        for (Node& node : m_nodes)
            if (!node.isLeaf()) chooseLookup(node);
    }

    const Node& node(int32_t index) const { return m_nodes[static_cast<size_t>(index)]; }
    int32_t root() const { return static_cast<int32_t>(m_nodes.size()) - 1; }

    /// Bits of each symbol's code, and how many.
    std::map<uint32_t, std::pair<uint64_t, size_t>> codes() const {
        std::map<uint32_t, std::pair<uint64_t, size_t>> result;
        struct Open {
            int32_t node;
            uint64_t code;
            size_t bits;
        };
        std::vector<Open> open{{root(), 0, 0}};
        while (!open.empty()) {
            const Open at = open.back();
            open.pop_back();
            if (node(at.node).isLeaf()) {
                result[node(at.node).symbol] = {at.code, at.bits};
                continue;
            }
            for (uint64_t bit : {0, 1})
                open.push_back({node(at.node).children[bit], at.code << 1 | bit, at.bits + 1});
        }
        return result;
    }

private:
    /// Sizes of the tables that begin `depth` bits below a node.
    size_t entriesBelow(const Node& from, size_t depth) const {
        if (depth == 0) return from.entries;
        if (from.isLeaf()) return 0;
        return entriesBelow(node(from.children[0]), depth - 1) +
               entriesBelow(node(from.children[1]), depth - 1);
    }

    void chooseLookup(Node& node) const {
        for (size_t bits = 1; bits <= kMaxLookup; ++bits) {
            const size_t entries = (size_t{1} << bits) + entriesBelow(node, bits);
            if (node.entries != 0 && entries > node.entries) continue;  // of equal ones the widest
            node.entries = entries;
            node.lookup = bits;
        }
    }

    std::vector<Node> m_nodes;
};

/// An entry of a table: 16 bits or 32.
struct EntryFormat {
    size_t bytes;
    size_t countShift() const { return 8 * bytes - 5; }
    uint32_t valueMask() const { return (1u << countShift()) - 1; }
};

/// All tables in a row, that of the root first.
class TableLayout {
public:
    TableLayout(const CodeTree& tree, EntryFormat format) : m_tree(tree), m_format(format) {
        reserve(tree.root());
        while (!m_open.empty()) {
            const auto [node, base] = m_open.front();
            m_open.pop_front();
            fill(tree.node(node), base);
        }
    }

    /// False where a distance between tables is too far for an entry.
    bool fits() const { return m_fits; }

    std::vector<uint8_t> bytes() const {
        std::vector<uint8_t> result;
        for (uint32_t entry : m_entries)
            for (size_t i = 0; i < m_format.bytes; ++i)
                result.push_back(static_cast<uint8_t>(entry >> (8 * i)));
        return result;
    }

private:
    size_t reserve(int32_t node) {
        const size_t base = m_entries.size();
        m_entries.resize(base + (size_t{1} << m_tree.node(node).lookup));
        m_open.emplace_back(node, base);
        return base;
    }

    void fill(const Node& node, size_t base) {
        for (uint32_t index = 0; index < 1u << node.lookup; ++index)
            m_entries[base + index] = entry(node, base, index);
    }

    uint32_t entry(const Node& from, size_t base, uint32_t index) {
        const Node* at = &from;
        int32_t place = -1;
        size_t used = 0;
        while (used < from.lookup && !at->isLeaf()) {
            place = at->children[index >> (from.lookup - 1 - used) & 1];
            at = &m_tree.node(place);
            ++used;
        }
        const size_t shift = m_format.countShift();
        if (at->isLeaf()) {
            const uint32_t found = 1u << (shift + 4);
            return found | static_cast<uint32_t>(used) << shift | at->symbol;
        }
        const size_t next = reserve(place);
        const size_t distance = next - (base + index);
        m_fits = m_fits && distance <= m_format.valueMask();
        return static_cast<uint32_t>(at->lookup - 1) << shift | static_cast<uint32_t>(distance);
    }

    const CodeTree& m_tree;
    EntryFormat m_format;
    std::vector<uint32_t> m_entries;
    std::deque<std::pair<int32_t, size_t>> m_open;
    bool m_fits = true;
};

std::vector<uint32_t> symbolsOf(std::span<const uint8_t> data, size_t width) {
    std::vector<uint32_t> symbols(data.size() / width);
    for (size_t i = 0; i < symbols.size(); ++i)
        symbols[i] = width == 1 ? data[i] : data[2 * i] | data[2 * i + 1] << 8;
    return symbols;
}

}  // namespace

std::optional<Encoded> encodeHuffman(const types::Tensor& tensor, std::span<const uint8_t> data) {
    const bool isByte = tensor.type == DataType::Int8;
    if ((!isByte && tensor.type != DataType::Int16) || data.empty()) return std::nullopt;
    const auto symbols = symbolsOf(data, isByte ? 1 : 2);
    std::map<uint32_t, uint64_t> counts;
    for (uint32_t symbol : symbols)
        ++counts[symbol];
    const CodeTree tree(counts);
    const TableLayout tables(tree, {isByte ? size_t{2} : size_t{4}});
    if (!tables.fits()) return std::nullopt;
    const size_t first = tree.node(tree.root()).lookup;
    Encoded encoded;
    encoded.how = "Huffman";
    encoded.ancillary = decodeHeader(analysis::DecodeMethod::Huffman,
                                     static_cast<uint8_t>((first - 1) << 4 | (isByte ? 0 : 1)));
    const auto tableBytes = tables.bytes();
    encoded.ancillary.insert(encoded.ancillary.end(), tableBytes.begin(), tableBytes.end());
    BitWriter writer;
    const auto codes = tree.codes();
    for (uint32_t symbol : symbols) {
        const auto& [code, bits] = codes.at(symbol);
        for (size_t left = bits; left > 0; --left)
            writer.add(static_cast<uint32_t>(code >> (left - 1) & 1), 1);
    }
    // The last look-up may read further than its code, and TFLM reads whole words.
    writer.add(0, kMaxLookup);
    encoded.codes = writer.take();
    constexpr size_t kWord = 4;
    encoded.codes.resize((encoded.codes.size() + kWord - 1) / kWord * kWord);
    return encoded;
}

}  // namespace transform
