package io.lodge.receive;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One TCP connection. Reads a piece, makes the messages in it durable, reads the next: what is not
 * durable stays in the sender's hands and the kernel's, up to one piece. One event loop.
 */
final class SyslogConnection extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(SyslogConnection.class);

  private final Reception reception;
  private final SyslogOptions options;
  private final SyslogFramer framer;
  private SyslogDelivery delivery;
  private InetSocketAddress peer;

  /** What was read and not found to be a message yet. Counted in the budget. */
  private ByteBuf pending = Unpooled.EMPTY_BUFFER;

  private boolean submitting;
  private boolean waiting;
  private boolean reading;
  private boolean ended;

  @SuppressWarnings("NullAway.Init") // set by channelActive, which comes before all else
  SyslogConnection(Reception reception, SyslogOptions options) {
    this.reception = reception;
    this.options = options;
    framer = new SyslogFramer(options.messageBytesMax());
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    options.metrics().connections.inc();
    peer = (InetSocketAddress) ctx.channel().remoteAddress();
    delivery =
        new SyslogDelivery(
            reception, options, Protocol.SYSLOG_TCP, "tcp", ctx.channel().eventLoop());
    advance(ctx);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf in = (ByteBuf) message;
    reception.budget().acquireExisting(in.readableBytes());
    pending = ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(ctx.alloc(), pending, in);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    reading = false;
    advance(ctx);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    options.metrics().connections.dec();
    finish(ctx);
  }

  /** Makes durable what was read, and closes. */
  void finish(ChannelHandlerContext ctx) {
    ended = true;
    advance(ctx);
  }

  /** The one step of the machine: submit what is there, else read, else close. */
  private void advance(ChannelHandlerContext ctx) {
    if (submitting || waiting) {
      return;
    }
    int upTo = framer.find(pending, ended);
    if (framer.count() > 0) {
      submit(ctx, upTo);
      return;
    }
    drop(upTo);
    if (ended) {
      drop(pending.writerIndex());
      var _ = ctx.close();
    } else if (!reading) {
      read(ctx);
    }
  }

  private void read(ChannelHandlerContext ctx) {
    if (reception.budget().usedBytes() >= reception.budget().limitBytes()) {
      later(ctx);
      return;
    }
    reading = true;
    ctx.read();
  }

  private void submit(ChannelHandlerContext ctx, int upTo) {
    Body body = new Body(reception.buffers(), reception.budget());
    if (!body.reserve(framer.bytesFound())) {
      later(ctx);
      return;
    }
    framer.copyTo(pending, body);
    options.metrics().cut("tcp", framer.cut());
    int messages = framer.count();
    drop(upTo);
    submitting = true;
    delivery.submit(
        body,
        messages,
        peer,
        () -> {
          submitting = false;
          advance(ctx);
        });
  }

  /** Memory is used up: nothing is read until there is some. */
  private void later(ChannelHandlerContext ctx) {
    waiting = true;
    var _ =
        ctx.executor()
            .schedule(
                () -> {
                  waiting = false;
                  advance(ctx);
                },
                100,
                TimeUnit.MILLISECONDS);
  }

  private void drop(int upTo) {
    int count = upTo - pending.readerIndex();
    pending.skipBytes(count);
    reception.budget().release(count);
    if (!pending.isReadable()) {
      pending.release();
      pending = Unpooled.EMPTY_BUFFER;
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    LOG.debug("syslog connection of {} broke: {}", peer, cause.toString());
    var _ = ctx.close();
  }
}
