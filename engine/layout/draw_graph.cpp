// SPDX-License-Identifier: GPL-3.0-or-later
#include "layout/draw_graph.h"

#include <algorithm>
#include <array>
#include <map>
#include <tuple>

#include "layout/layered.h"
#include "layout/pack_columns.h"
#include "layout/repeats.h"

namespace layout {
namespace {

using types::BoxKind;
using types::DrawnBox;
using types::DrawnFrame;
using types::DrawnGraph;
using types::DrawnLine;
using types::DrawnPoint;
using types::Graph;

/// Space around the boxes of a frame, and for its title.
constexpr float kBeside = 14, kRoundBeside = 8, kAround = 8, kTitle = 24;
constexpr float kSubgraphAround = 20, kSubgraphTitle = 30, kSubgraphGap = 72;

/// A frame and the boxes in it.
struct FramedBoxes {
    DrawnFrame frame;
    size_t begin = 0, end = 0;
};

/// The picture of one subgraph, with its own origin; indices count from its own boxes and blocks.
struct SubgraphPicture {
    std::vector<DrawnBox> boxes;
    std::vector<DrawnLine> lines;
    std::vector<FramedBoxes> frames;
    std::vector<types::RepeatedBlock> blocks;
    float width = 0, height = 0;
};

class SubgraphDrawing {
public:
    SubgraphDrawing(const Graph& graph, int32_t subgraph, const types::DrawingOptions& options)
        : m_graph(graph), m_subgraph(subgraph), m_options(options), m_boxOf(graph.ops.size(), -1) {
        if (options.foldsRepeats) m_picture.blocks = findRepeats(graph, subgraph);
    }

    types::Result<SubgraphPicture> draw(const types::Work& work) {
        for (int32_t input : m_graph.inputs)
            addEnd(BoxKind::Input, input);
        addOperators();
        m_firstOutput = m_picture.boxes.size();
        for (int32_t output : m_graph.outputs)
            addEnd(BoxKind::Output, output);
        addLines();
        return place(work);
    }

private:
    DrawnBox& add(BoxKind kind, float width, float height) {
        DrawnBox& box = m_picture.boxes.emplace_back();
        box.kind = kind;
        box.subgraph = m_subgraph;
        box.width = width;
        box.height = height;
        return box;
    }
    void addEnd(BoxKind kind, int32_t tensor) { add(kind, kEndWidth, kEndHeight).tensor = tensor; }
    void addRange(BoxKind kind, int32_t first, int32_t end, int32_t block) {
        DrawnBox& box = add(kind, kBoxWidth, kBoxHeight);
        box.firstOp = first;
        box.lastOp = end - 1;
        box.block = block;
        std::fill(m_boxOf.begin() + first, m_boxOf.begin() + end,
                  int32_t(m_picture.boxes.size()) - 1);
    }
    bool isUnfolded(const types::RepeatedBlock& block, int32_t round) const {
        return m_options.unfolded.contains({m_subgraph, block.first, round});
    }

    void addOperators() {
        size_t next = 0;
        for (int32_t op = 0; op < int32_t(m_graph.ops.size());) {
            const auto& blocks = m_picture.blocks;
            if (next < blocks.size() && blocks[next].first == op) {
                op = blocks[next].end();
                addBlock(int32_t(next++));
            } else {
                addRange(BoxKind::Operator, op, op + 1, -1);
                ++op;
            }
        }
    }
    void addBlock(int32_t index) {
        const types::RepeatedBlock block = m_picture.blocks[size_t(index)];
        if (!isUnfolded(block, -1))
            return addRange(BoxKind::Block, block.first, block.end(), index);
        const size_t begin = m_picture.boxes.size();
        const size_t frame = m_picture.frames.size();
        m_picture.frames.emplace_back();  // outer ones first
        for (int32_t round = 0; round < block.rounds; ++round)
            addRound(index, round);
        m_picture.frames[frame] = framed(index, -1, begin);
    }
    void addRound(int32_t index, int32_t round) {
        const types::RepeatedBlock& block = m_picture.blocks[size_t(index)];
        const int32_t first = block.first + round * block.length;
        const bool isSingle = block.length == 1;
        if (!isSingle && !isUnfolded(block, round))
            return addRange(BoxKind::Round, first, first + block.length, index);
        const size_t begin = m_picture.boxes.size();
        for (int32_t op = first; op < first + block.length; ++op)
            addRange(BoxKind::Operator, op, op + 1, -1);
        if (!isSingle) m_picture.frames.push_back(framed(index, round, begin));
    }
    FramedBoxes framed(int32_t block, int32_t round, size_t begin) const {
        FramedBoxes framed;
        framed.frame.subgraph = m_subgraph;
        framed.frame.block = block;
        framed.frame.unfolded = {m_subgraph, m_picture.blocks[size_t(block)].first, round};
        framed.begin = begin;
        framed.end = m_picture.boxes.size();
        return framed;
    }

    /// Box that writes each tensor; -1: constants, states.
    std::vector<int32_t> writers() const {
        std::vector<int32_t> writers(m_graph.tensors.size(), -1);
        for (size_t i = 0; i < m_graph.inputs.size(); ++i)
            if (m_graph.inputs[i] >= 0) writers[size_t(m_graph.inputs[i])] = int32_t(i);
        for (size_t op = 0; op < m_graph.ops.size(); ++op)
            for (int32_t output : m_graph.ops[op].outputs)
                if (output >= 0) writers[size_t(output)] = m_boxOf[op];
        return writers;
    }
    void addLines() {
        const std::vector<int32_t> writtenBy = writers();
        const auto add = [&](int32_t tensor, int32_t reader) {
            const int32_t writer = tensor < 0 ? -1 : writtenBy[size_t(tensor)];
            if (writer >= 0 && writer != reader)
                m_picture.lines.push_back({writer, reader, tensor, {}});
        };
        for (size_t op = 0; op < m_graph.ops.size(); ++op)
            for (int32_t input : m_graph.ops[op].inputs)
                add(input, m_boxOf[op]);
        for (size_t i = 0; i < m_graph.outputs.size(); ++i)
            add(m_graph.outputs[i], int32_t(m_firstOutput + i));
        const auto key = [](const DrawnLine& line) {
            return std::tuple(line.from, line.to, line.tensor);
        };
        std::ranges::sort(m_picture.lines, {}, key);
        auto& lines = m_picture.lines;
        const auto areSame = [&](const auto& a, const auto& b) { return key(a) == key(b); };
        lines.erase(std::unique(lines.begin(), lines.end(), areSame), lines.end());
    }

    types::Result<SubgraphPicture> place(const types::Work& work) {
        LayeredGraph layered;
        for (const DrawnBox& box : m_picture.boxes)
            layered.nodes.push_back({box.width, box.height});
        for (const DrawnLine& line : m_picture.lines)
            layered.edges.push_back({line.from, line.to, line.tensor});
        auto laidOut = layOut(layered, work);
        if (!laidOut) return tl::unexpected(laidOut.error());
        for (size_t i = 0; i < m_picture.boxes.size(); ++i)
            m_picture.boxes[i].centre = laidOut->centres[i];
        for (size_t i = 0; i < m_picture.lines.size(); ++i)
            m_picture.lines[i].route = std::move(laidOut->routes[i]);
        for (FramedBoxes& framed : m_picture.frames)
            surround(framed);
        m_picture.width = laidOut->width;
        m_picture.height = laidOut->height;
        return std::move(m_picture);
    }
    void surround(FramedBoxes& framed) const {
        float left = 1e30f, top = 1e30f, right = -1e30f, bottom = -1e30f;
        for (size_t i = framed.begin; i < framed.end; ++i) {
            const DrawnBox& box = m_picture.boxes[i];
            left = std::min(left, box.centre.x - box.width / 2);
            right = std::max(right, box.centre.x + box.width / 2);
            top = std::min(top, box.centre.y - box.height / 2);
            bottom = std::max(bottom, box.centre.y + box.height / 2);
        }
        const bool isRound = framed.frame.unfolded.round >= 0;
        const float beside = isRound ? kRoundBeside : kBeside;
        framed.frame.left = left - beside;
        framed.frame.top = top - (isRound ? kAround : kTitle);
        framed.frame.width = right - left + 2 * beside;
        framed.frame.height = bottom - framed.frame.top + (isRound ? kAround : kAround + 2);
    }

    const Graph& m_graph;
    int32_t m_subgraph;
    const types::DrawingOptions& m_options;
    std::vector<int32_t> m_boxOf;  ///< per operator
    SubgraphPicture m_picture;
    size_t m_firstOutput = 0;
};

std::array<int32_t, 2> calledBy(const types::Op& op) {
    const auto* called = std::get_if<types::SubgraphOptions>(&op.options);
    return called ? std::array{called->first, called->second} : std::array{-1, -1};
}

/// The whole picture: subgraph 0, then columns of subgraphs by how deep they are called.
class WholeDrawing {
public:
    WholeDrawing(const Graph& graph, const types::DrawingOptions& options)
        : m_graph(graph), m_options(options) {}

    types::Result<DrawnGraph> draw(const types::Work& work) {
        const size_t count = m_graph.others.size() + 1;
        findDepths();
        for (size_t i = 0; i < count; ++i) {
            if (i > 0 && !m_graph.others[i - 1].problem.empty()) {
                leaveOut(i);
                m_pictures.emplace_back();
                continue;
            }
            const Graph other = i > 0 ? types::subgraphOf(m_graph, i) : Graph();
            SubgraphDrawing drawing(i > 0 ? other : m_graph, int32_t(i), m_options);
            auto picture =
                drawing.draw(work.part(double(i) / double(count), double(i + 1) / double(count)));
            if (!picture) return tl::unexpected(picture.error());
            m_pictures.push_back(std::move(*picture));
        }
        putFirst();
        for (int32_t depth = 1; depth <= m_deepest; ++depth)
            putColumn(depth);
        return std::move(m_drawn);
    }

private:
    const std::vector<types::Op>& opsOf(size_t subgraph) const {
        return subgraph == 0 ? m_graph.ops : m_graph.others[subgraph - 1].ops;
    }

    /// Those that nobody calls, the other signatures, stand in the first column.
    void findDepths() {
        m_depth.assign(m_graph.others.size() + 1, 0);
        std::vector<size_t> queue{0};
        std::vector<bool> isSeen(m_depth.size(), false);
        isSeen[0] = true;
        const auto walk = [&](size_t from) {
            for (const types::Op& op : opsOf(from))
                for (int32_t called : calledBy(op)) {
                    const bool isKnown = called < 1 || size_t(called) >= m_depth.size();
                    if (isKnown || isSeen[size_t(called)]) continue;
                    isSeen[size_t(called)] = true;
                    m_depth[size_t(called)] = m_depth[from] + 1;
                    queue.push_back(size_t(called));
                }
        };
        for (size_t at = 0; at < queue.size(); ++at)
            walk(queue[at]);
        for (size_t other = 1; other < m_depth.size(); ++other) {
            if (isSeen[other]) continue;
            isSeen[other] = true;
            m_depth[other] = 1;
            const size_t start = queue.size();
            queue.push_back(other);
            for (size_t at = start; at < queue.size(); ++at)
                walk(queue[at]);
        }
        m_deepest = *std::ranges::max_element(m_depth);
    }

    void leaveOut(size_t subgraph) {
        const types::Subgraph& other = m_graph.others[subgraph - 1];
        m_drawn.leftOut.push_back("subgraph " + std::to_string(subgraph) + " '" + other.name +
                                  "': " + other.problem);
    }

    /// Appends a subgraph's picture with its upper left corner at `corner`.
    void put(SubgraphPicture& picture, const DrawnPoint& corner) {
        const auto firstBox = int32_t(m_drawn.boxes.size());
        const auto firstBlock = int32_t(m_drawn.blocks.size());
        for (DrawnBox& box : picture.boxes) {
            box.centre.x += corner.x;
            box.centre.y += corner.y;
            if (box.block >= 0) box.block += firstBlock;
            m_drawn.boxes.push_back(box);
        }
        for (DrawnLine& line : picture.lines) {
            line.from += firstBox;
            line.to += firstBox;
            for (DrawnPoint& point : line.route)
                point = {point.x + corner.x, point.y + corner.y};
            m_drawn.lines.push_back(std::move(line));
        }
        for (FramedBoxes& framed : picture.frames) {
            framed.frame.left += corner.x;
            framed.frame.top += corner.y;
            framed.frame.block += firstBlock;
            m_drawn.frames.push_back(framed.frame);
        }
        m_drawn.blocks.insert(m_drawn.blocks.end(), picture.blocks.begin(), picture.blocks.end());
    }
    void putFirst() {
        SubgraphPicture& first = m_pictures[0];
        // Frames may reach beyond the boxes.
        put(first, {kBeside, kTitle});
        m_drawn.width = first.width + 2 * kBeside;
        m_drawn.height = first.height + kTitle + kAround;
    }

    std::vector<int32_t> callersOf(size_t subgraph) const {
        std::vector<int32_t> callers;
        for (int32_t i = 0; i < int32_t(m_drawn.boxes.size()); ++i) {
            const DrawnBox& box = m_drawn.boxes[size_t(i)];
            if (box.firstOp < 0) continue;
            const auto& ops = opsOf(size_t(box.subgraph));
            const bool calls = std::any_of(
                ops.begin() + box.firstOp, ops.begin() + box.lastOp + 1, [&](const types::Op& op) {
                    return std::ranges::count(calledBy(op), int32_t(subgraph)) > 0;
                });
            if (calls) callers.push_back(i);
        }
        return callers;
    }

    struct Placed {
        size_t subgraph = 0;
        DrawnFrame frame;
    };

    /// Frames of the subgraphs called at this depth, sorted by the height of their callers.
    std::vector<Placed> placedAt(int32_t depth) const {
        std::vector<Placed> all;
        for (size_t i = 1; i < m_depth.size(); ++i) {
            if (m_depth[i] != depth || !m_graph.others[i - 1].problem.empty()) continue;
            Placed placed{i, {}};
            placed.frame.isSubgraph = true;
            placed.frame.subgraph = int32_t(i);
            placed.frame.callers = callersOf(i);
            placed.frame.width = m_pictures[i].width + 2 * kSubgraphAround;
            placed.frame.height = m_pictures[i].height + kSubgraphTitle + 2 * kSubgraphAround;
            for (int32_t caller : placed.frame.callers) {
                const DrawnBox& box = m_drawn.boxes[size_t(caller)];
                const float top = box.centre.y - box.height / 2;
                const bool isFirst = caller == placed.frame.callers.front();
                placed.frame.top = isFirst ? top : std::min(placed.frame.top, top);
            }
            all.push_back(placed);
        }
        std::ranges::stable_sort(all, {}, [](const Placed& placed) { return placed.frame.top; });
        return all;
    }
    void putColumn(int32_t depth) {
        std::vector<Placed> all = placedAt(depth);
        if (all.empty()) return;
        std::vector<NodeSize> sizes;
        std::vector<float> tops;
        for (const Placed& placed : all) {
            sizes.push_back({placed.frame.width, placed.frame.height});
            tops.push_back(placed.frame.top);
        }
        const PackedColumns packed = packColumns(sizes, tops, kSubgraphGap / 2, m_drawn.height);
        const float left = m_drawn.width + kSubgraphGap;
        for (size_t i = 0; i < all.size(); ++i) {
            DrawnFrame& frame = all[i].frame;
            frame.left = left + packed.corners[i].x;
            frame.top = packed.corners[i].y;
            m_drawn.frames.push_back(frame);
            put(m_pictures[all[i].subgraph],
                {frame.left + kSubgraphAround, frame.top + kSubgraphTitle + kSubgraphAround});
        }
        m_drawn.width = left + packed.width;
        m_drawn.height = std::max(m_drawn.height, packed.height);
    }

    const Graph& m_graph;
    const types::DrawingOptions& m_options;
    std::vector<int32_t> m_depth;  ///< per subgraph
    int32_t m_deepest = 0;
    std::vector<SubgraphPicture> m_pictures;  ///< per subgraph
    DrawnGraph m_drawn;
};

}  // namespace

types::Result<DrawnGraph> drawGraph(const Graph& graph, const types::DrawingOptions& options,
                                    const types::Work& work) {
    return WholeDrawing(graph, options).draw(work);
}

}  // namespace layout
