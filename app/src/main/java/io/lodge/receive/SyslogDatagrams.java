package io.lodge.receive;

import io.lodge.model.SyslogFrame;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Datagrams of any number of senders, each one message (RFC 5426). Those read together become a
 * payload for each sender. When too much is on its way nothing is read: the kernel's buffer fills,
 * and it drops and counts what no longer fits. What was read is never dropped. One event loop.
 */
final class SyslogDatagrams extends ChannelInboundHandlerAdapter {
  /** Payloads on their way, before reading stops: enough to share a sync, few enough to hold. */
  private static final int PAYLOADS_MAX = 64;

  private final Reception reception;
  private final SyslogOptions options;
  private final SyslogDelivery delivery;
  private final List<DatagramPacket> read = new ArrayList<>();
  private int submitted;
  private boolean waiting;
  private boolean stopping;

  SyslogDatagrams(Reception reception, SyslogOptions options, SyslogDelivery delivery) {
    this.reception = reception;
    this.options = options;
    this.delivery = delivery;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    read.add((DatagramPacket) message);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    advance(ctx);
  }

  /** Reads no more; whether all that was read is durable. */
  boolean isStopped(ChannelHandlerContext ctx) {
    stopping = true;
    ctx.channel().config().setAutoRead(false);
    return submitted == 0 && read.isEmpty();
  }

  private void advance(ChannelHandlerContext ctx) {
    if (waiting) {
      return;
    }
    read.sort(Comparator.comparing(packet -> packet.sender().getAddress().getHostAddress()));
    while (!read.isEmpty()) {
      int end = 1;
      while (end < read.size() && sameSender(read.getFirst(), read.get(end))) {
        end++;
      }
      List<DatagramPacket> together = read.subList(0, end);
      if (!submit(ctx, together)) {
        later(ctx);
        break;
      }
      together.forEach(DatagramPacket::release);
      together.clear();
    }
    ctx.channel().config().setAutoRead(!stopping && !waiting && submitted < PAYLOADS_MAX);
  }

  private static boolean sameSender(DatagramPacket one, DatagramPacket other) {
    return one.sender().getAddress().equals(other.sender().getAddress());
  }

  /** False if there is no memory for them now. */
  private boolean submit(ChannelHandlerContext ctx, List<DatagramPacket> packets) {
    Body body = new Body(reception.buffers(), reception.budget());
    int messages = 0;
    int cut = 0;
    for (DatagramPacket packet : packets) {
      ByteBuf in = packet.content();
      int whole = SyslogFramer.trimmed(in, in.readerIndex(), in.readableBytes());
      int length = Math.min(whole, options.messageBytesMax());
      if (length == 0) {
        continue;
      }
      if (!body.reserve(body.length() + SyslogFrame.HEADER_BYTES + length)) {
        body.release();
        return false;
      }
      messages++;
      cut += length < whole ? 1 : 0;
      body.appendInt(length < whole ? length | SyslogFrame.CUT : length);
      body.append(in, in.readerIndex(), length);
    }
    options.metrics().cut("udp", cut);
    if (messages == 0) {
      body.release();
      return true;
    }
    submitted++;
    InetSocketAddress sender = packets.getFirst().sender();
    delivery.submit(
        body,
        messages,
        sender,
        () -> {
          submitted--;
          advance(ctx);
        });
    return true;
  }

  private void later(ChannelHandlerContext ctx) {
    waiting = true;
    var _ =
        ctx.executor()
            .schedule(
                () -> {
                  waiting = false;
                  advance(ctx);
                },
                50,
                TimeUnit.MILLISECONDS);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    // Such as a port that an earlier answer could not reach: no reason to stop listening.
  }
}
